import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from './read-call.ts';

const MAX_ENTRIES: Readonly<Record<string, number>> = {
  'Firehose_20150804.PutRecordBatch': 500,
  'Firehose_20150804.PutRecord': 1,
  'Logs_20140328.PutLogEvents': 10_000,
  'AmazonSQS.SendMessageBatch': 10,
};
const MAX_RECORD_BYTES = 1_024_000;
const MAX_CALL_BYTES = 4_194_304;

/**
 * The limit of the real service that a call breaks, as far as it can be seen without parsing; the strict
 * local services of `src/testing` check all of them in the tests.
 */
export function findBrokenLimit(call: Call, headers: IncomingHttpHeaders): string | undefined {
  if (call.target === '') return undefined;
  if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256')) return 'unsigned';
  const maxEntries = MAX_ENTRIES[call.target];
  if (maxEntries === undefined) return undefined;
  if (call.entries < 1 || call.entries > maxEntries) return `${call.entries} entries in a call`;
  if (!call.target.startsWith('Firehose')) return undefined;
  const sizes = call.contents.map(({ length }) => length);
  if (sizes.some((size) => size > MAX_RECORD_BYTES)) return 'a record over 1,024,000 bytes';
  if (sizes.reduce((sum, size) => sum + size, 0) > MAX_CALL_BYTES) return 'a call over 4 MiB';
  return undefined;
}
