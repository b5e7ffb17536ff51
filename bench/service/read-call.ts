import type { IncomingHttpHeaders } from 'node:http';

/** What the service reads out of one request. */
export interface Call {
  /** Such as `Firehose_20150804.PutRecordBatch`; empty where it is no call of AWS. */
  readonly target: string;
  /** Entries: Firehose records, log events, messages; 0 where there are none. */
  readonly entries: number;
  /** Everything that a log record may stand in, decoded as far as its text is readable. */
  readonly contents: readonly Buffer[];
  /** The ids of the messages of SQS. */
  readonly ids: readonly string[];
}

/** Takes a request apart by searching for member names: far cheaper than parsing, so that it does not slow the sender. */
export function readCall(headers: IncomingHttpHeaders, body: Buffer): Call {
  const target = `${headers['x-amz-target'] ?? ''}`;
  if (target.startsWith('Firehose')) {
    const contents = valuesOf(body, '"Data":"').map((value) => Buffer.from(value, 'base64'));
    return { target, entries: contents.length, contents, ids: [] };
  }
  const contents = [body];
  if (target.endsWith('SendMessageBatch')) {
    const ids = valuesOf(body, '"Id":"');
    return { target, entries: ids.length, contents, ids };
  }
  const entries = target.endsWith('PutLogEvents') ? countOf(body, '"timestamp":') : 0;
  return { target, entries, contents, ids: [] };
}

/** How often a text stands in the bytes. In a JSON text inside of JSON the quotes are escaped and do not match. */
export function countOf(bytes: Buffer, text: string): number {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length))
    count += 1;
  return count;
}

// Base64 and ids hold no quotes: the value ends with the next one.
function valuesOf(body: Buffer, start: string): string[] {
  const values: string[] = [];
  let at = body.indexOf(start);
  while (at >= 0) {
    const from = at + start.length;
    const end = body.indexOf('"', from);
    if (end < 0) break;
    values.push(body.toString('latin1', from, end));
    at = body.indexOf(start, end);
  }
  return values;
}
