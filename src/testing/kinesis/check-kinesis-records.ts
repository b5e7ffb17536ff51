import type { RuleCheck } from '../aws/rule-check.ts';
import { decodeBase64 } from '../decode-base64.ts';
import { kinesisLimits } from './kinesis-limits.ts';

const namePattern = /^[a-zA-Z0-9_.-]+$/;
const arnPattern = /^arn:aws.*:kinesis:.*:\d{12}:stream\/(\S+)$/;

/** A record of the input. */
export interface GivenRecord {
  readonly Data: string;
  readonly PartitionKey: string;
}

/** A record whose data was read. */
export interface ReadRecord {
  readonly data: Buffer;
  readonly partitionKey: string;
}

/** The name of the stream that a call names by name or ARN. */
export function checkStream(
  input: { readonly StreamName?: string | undefined; readonly StreamARN?: string | undefined },
  check: RuleCheck,
): string {
  const { StreamARN: arn, StreamName: name } = input;
  if (name === undefined && arn === undefined) {
    check.refuseCall({
      rule: 'stream-missing',
      error: 'InvalidArgumentException',
      message: 'Either StreamName or StreamARN must be given.',
    });
  }
  const nameInArn = arnPattern.exec(arn ?? '')?.[1];
  if (arn !== undefined && nameInArn === undefined) {
    refuse(check, 'stream-arn', 'streamARN', arn, `Member must satisfy ${arnPattern.source}`);
  }
  const found = name ?? nameInArn ?? '';
  const limit = kinesisLimits.maxNameLength;
  if (found.length < 1 || found.length > limit || !namePattern.test(found)) {
    refuse(
      check,
      'stream-name',
      'streamName',
      found,
      `Member must satisfy [a-zA-Z0-9_.-]{1,${limit}}`,
    );
  }
  return found;
}

/** The data of all records; any rule they break fails the whole call. */
export function checkRecords(
  given: readonly GivenRecord[],
  maxRecordBytes: number,
  check: RuleCheck,
): readonly ReadRecord[] {
  const { defaultMaxCallBytes, defaultMaxRecordBytes, maxCallBytes, maxRecords } = kinesisLimits;
  if (given.length < 1 || given.length > maxRecords) {
    refuse(
      check,
      'records-count',
      'records',
      '[...]',
      `Member must have length 1 to ${maxRecords}`,
      {
        limit: maxRecords,
        actual: given.length,
      },
    );
  }
  let totalBytes = 0;
  const records = given.map((record, index) => {
    const read = readRecord(record, index, check);
    const bytes = read.data.length + Buffer.byteLength(read.partitionKey);
    checkRecordBytes(bytes, maxRecordBytes, index, check);
    totalBytes += bytes;
    return read;
  });
  const limit = maxRecordBytes > defaultMaxRecordBytes ? maxCallBytes : defaultMaxCallBytes;
  if (totalBytes > limit) {
    check.refuseCall({
      rule: 'call-bytes',
      error: 'InvalidArgumentException',
      message: `Records size exceeds ${limit / 1_048_576} MB limit`,
      limit,
      actual: totalBytes,
    });
  }
  return records;
}

function readRecord(
  { Data, PartitionKey: partitionKey }: GivenRecord,
  index: number,
  check: RuleCheck,
): ReadRecord {
  const path = `records.${index + 1}.member`;
  const actual = [...partitionKey].length;
  const limit = kinesisLimits.maxKeyLength;
  if (actual < 1 || actual > limit) {
    const constraint = `Member must have length 1 to ${limit}`;
    refuse(check, 'partition-key', `${path}.partitionKey`, partitionKey, constraint, {
      limit,
      actual,
    });
  }
  const data = decodeBase64(Data);
  if (data !== undefined) return { data, partitionKey };
  check.refuseCall({
    rule: 'record-base64',
    error: 'SerializationException',
    message: 'Invalid base64 in Data',
    detail: `${path}.data`,
  });
  return { data: Buffer.from(Data, 'base64'), partitionKey };
}

function checkRecordBytes(actual: number, limit: number, index: number, check: RuleCheck): void {
  if (actual <= limit) return;
  const path = `records.${index + 1}.member.data`;
  const constraint = `Member must have length less than or equal to ${limit}`;
  refuse(check, 'record-bytes', path, 'java.nio.HeapByteBuffer', constraint, { limit, actual });
}

function refuse(
  check: RuleCheck,
  rule: string,
  path: string,
  value: string,
  constraint: string,
  sizes: { readonly limit?: number; readonly actual?: number } = {},
): void {
  check.refuseCall({
    rule,
    error: 'ValidationException',
    message: `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`,
    detail: path,
    ...sizes,
  });
}
