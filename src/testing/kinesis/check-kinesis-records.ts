import type { RuleCheck } from '../aws/rule-check.ts';
import { decodeBase64 } from '../decode-base64.ts';
import { kinesisLimits } from './kinesis-limits.ts';

const namePattern = /^[a-zA-Z0-9_.-]+$/;
const arnPattern = /^arn:aws.*:kinesis:.*:\d{12}:stream\/(\S+)$/;
const hashKeyPattern = /^(?:0|[1-9]\d{0,38})$/;
const MAX_HASH_KEY = 2n ** 128n - 1n;

/** A record of the input. */
export interface GivenRecord {
  readonly Data: string;
  readonly ExplicitHashKey?: string | undefined;
  readonly PartitionKey: string;
}

/** A record whose data was read. */
export interface ReadRecord {
  readonly data: Buffer;
  /** Decides the shard in place of the partition key. */
  readonly explicitHashKey?: string;
  readonly partitionKey: string;
}

/** The name of the stream that a call names by name or ARN. */
export function checkStream(
  input: { readonly StreamName?: string | undefined; readonly StreamARN?: string | undefined },
  region: string,
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
  checkArn({ arn, name, nameInArn, region }, check);
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

function checkArn(
  {
    arn,
    name,
    nameInArn,
    region,
  }: {
    readonly arn: string | undefined;
    readonly name: string | undefined;
    readonly nameInArn: string | undefined;
    readonly region: string;
  },
  check: RuleCheck,
): void {
  if (arn === undefined || nameInArn === undefined) return;
  if (name !== undefined && name !== nameInArn) {
    check.refuseCall({
      rule: 'stream-twice',
      error: 'InvalidArgumentException',
      message: `StreamName ${name} is not the stream of StreamARN ${arn}.`,
    });
  }
  // The client's region decides where a call goes, whatever the ARN says; there is no such stream there.
  if (arn.split(':')[3] === region) return;
  check.refuseCall({
    rule: 'stream-region',
    error: 'ResourceNotFoundException',
    message: `Stream ${arn} not found in ${region}.`,
  });
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
  { Data, ExplicitHashKey: explicitHashKey, PartitionKey: partitionKey }: GivenRecord,
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
  const isHashKey =
    explicitHashKey === undefined ||
    (hashKeyPattern.test(explicitHashKey) && BigInt(explicitHashKey) <= MAX_HASH_KEY);
  if (!isHashKey) {
    const constraint = `Member must satisfy ${hashKeyPattern.source} and be below 2^128`;
    refuse(check, 'hash-key', `${path}.explicitHashKey`, explicitHashKey, constraint);
  }
  const key = {
    partitionKey,
    ...(isHashKey && explicitHashKey !== undefined ? { explicitHashKey } : {}),
  };
  const data = decodeBase64(Data);
  if (data !== undefined) return { data, ...key };
  check.refuseCall({
    rule: 'record-base64',
    error: 'SerializationException',
    message: 'Invalid base64 in Data',
    detail: `${path}.data`,
  });
  return { data: Buffer.from(Data, 'base64'), ...key };
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
