import { gunzipSync } from 'node:zlib';
import type { SqsMessage } from '../../../../src/testing/index.ts';
import { uidOf } from '../../../../src/testing/records/create-log-record.ts';

/** The uids of the records in a message of JSON lines. */
export function uidsIn({ body }: SqsMessage, compression: string): (string | undefined)[] {
  const text = compression === 'gzip' ? gunzipSync(Buffer.from(body, 'base64')).toString() : body;
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => uidOf(JSON.parse(line)));
}
