import assert from 'node:assert/strict';
import type { EncodingName } from '../../../src/index.ts';
import { endOfMsgpack } from './check-msgpack.ts';

/** Throws unless the bytes are one valid document of that encoding, in one line where it is text. */
export function checkEncoded(encoding: EncodingName, encoded: string | Uint8Array): void {
  const bytes = Buffer.from(encoded as Uint8Array);
  if (encoding === 'msgpack') {
    assert.equal(endOfMsgpack(bytes, 0), bytes.length);
    return;
  }
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  if (encoding === 'body') return;
  assert.doesNotMatch(text, /[\n\r]/u);
  const document: unknown = JSON.parse(text);
  assert.ok(typeof document === 'object' && document !== null && !Array.isArray(document));
}
