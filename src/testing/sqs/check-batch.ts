import type { RuleCheck } from '../aws/rule-check.ts';
import { sqsLimits } from './sqs-limits.ts';
import { messageBytes, type WireMessage } from './sqs-message.ts';

const idPattern = /^[A-Za-z0-9_-]{1,80}$/;

/** The rules about a batch as a whole: one that is broken fails the call. */
export function checkBatch(
  entries: readonly (WireMessage & { readonly Id: string })[],
  check: RuleCheck,
): void {
  checkEntryIds(
    entries.map(({ Id }) => Id),
    'SendMessageBatchRequestEntry',
    check,
  );
  const limit = sqsLimits.maxBatchBytes;
  const actual = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
  if (actual > limit) {
    check.refuseCall({
      rule: 'batch-bytes',
      error: 'BatchRequestTooLong',
      message: `Batch requests cannot be longer than ${limit} bytes. You have sent ${actual} bytes.`,
      limit,
      actual,
    });
  }
}

/** 1 to 10 entries with distinct ids. */
export function checkEntryIds(ids: readonly string[], entryName: string, check: RuleCheck): void {
  const limit = sqsLimits.maxEntries;
  const actual = ids.length;
  if (actual === 0) {
    const message = `There should be at least one ${entryName} in the request.`;
    check.refuseCall({
      rule: 'batch-empty',
      error: 'EmptyBatchRequest',
      message,
      limit: 1,
      actual,
    });
  }
  if (actual > limit) {
    const message = `Maximum number of entries per request are ${limit}. You have sent ${actual}.`;
    const error = 'TooManyEntriesInBatchRequest';
    check.refuseCall({ rule: 'batch-count', error, message, limit, actual });
  }
  for (const id of ids) {
    if (idPattern.test(id)) continue;
    check.refuseCall({
      rule: 'entry-id',
      error: 'InvalidBatchEntryId',
      message:
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      detail: id,
      limit: sqsLimits.maxEntryIdLength,
      actual: id.length,
    });
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    const message = `Id ${repeated} repeated.`;
    const error = 'BatchEntryIdsNotDistinct';
    check.refuseCall({ rule: 'entry-ids-distinct', error, message, detail: repeated });
  }
}
