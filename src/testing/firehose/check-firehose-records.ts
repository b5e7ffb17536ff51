import { missedBound } from '../aws/missed-bound.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { decodeBase64 } from '../decode-base64.ts';
import { firehoseLimits } from './firehose-limits.ts';

const namePattern = /^[a-zA-Z0-9_.-]+$/;

/** Length 1 to 64 and the characters of a delivery stream's name. */
export function checkStreamName(name: string, check: RuleCheck): void {
  const fails = (rule: string, constraint: string): void =>
    refuse(check, rule, 'deliveryStreamName', name, constraint, {
      limit: firehoseLimits.maxNameLength,
      actual: name.length,
    });
  if (name.length < 1) {
    fails('stream-name-length', 'Member must have length greater than or equal to 1');
  } else if (name.length > firehoseLimits.maxNameLength) {
    fails('stream-name-length', 'Member must have length less than or equal to 64');
  } else if (!namePattern.test(name)) {
    fails(
      'stream-name-characters',
      'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
    );
  }
}

/** The bytes of all records; any rule they break fails the whole call. */
export function checkRecords(
  encoded: readonly { readonly Data: string }[],
  check: RuleCheck,
): Buffer[] {
  checkCount(encoded.length, check);
  let totalBytes = 0;
  const decoded = encoded.map(({ Data }, index) => {
    const data = decodeBase64(Data) ?? refuseBase64(Data, index, check);
    checkRecordBytes(data.length, index, check);
    totalBytes += data.length;
    return data;
  });
  const { maxCallBytes } = firehoseLimits;
  if (totalBytes > maxCallBytes) {
    check.refuseCall({
      rule: 'call-bytes',
      error: 'InvalidArgumentException',
      message: 'Records size exceeds 4 MB limit',
      limit: maxCallBytes,
      actual: totalBytes,
    });
  }
  return decoded;
}

function checkCount(actual: number, check: RuleCheck): void {
  const limit = firehoseLimits.maxRecords;
  if (actual >= 1 && actual <= limit) return;
  const rule = actual < 1 ? 'records-empty' : 'records-count';
  refuse(check, rule, 'records', '[...]', `Member must have length ${missedBound(actual, limit)}`, {
    limit,
    actual,
  });
}

function checkRecordBytes(actual: number, index: number, check: RuleCheck): void {
  const limit = firehoseLimits.maxRecordBytes;
  if (actual <= limit) return;
  const path = `records.${index + 1}.member.data`;
  const constraint = `Member must have length less than or equal to ${limit}`;
  refuse(check, 'record-bytes', path, 'java.nio.HeapByteBuffer', constraint, { limit, actual });
}

function refuseBase64(data: string, index: number, check: RuleCheck): Buffer {
  check.refuseCall({
    rule: 'record-base64',
    error: 'SerializationException',
    message: 'Invalid base64 in Data',
    detail: `records.${index + 1}.member.data`,
  });
  return Buffer.from(data, 'base64');
}

function refuse(
  check: RuleCheck,
  rule: string,
  path: string,
  value: string,
  constraint: string,
  sizes: { readonly limit: number; readonly actual: number },
): void {
  check.refuseCall({
    rule,
    error: 'ValidationException',
    message: `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`,
    detail: path,
    ...sizes,
  });
}
