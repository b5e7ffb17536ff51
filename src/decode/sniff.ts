import type { EncodingName } from '../encode/encodings.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** How documents follow each other. */
export type Framing = 'json' | 'msgpack' | 'form' | 'lines';

const SNIFFED_BYTES = 4_096;

/** By the magic numbers of RFC 1952 and RFC 8878. */
export function sniffCompression(bytes: Uint8Array): Compression {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  const isZstd = bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
  return isZstd ? 'zstd' : 'none';
}

/** True for the beginning of a MessagePack map: no UTF-8 text begins with these bytes. */
export function isMsgpackMap(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  if (first >= 0x80 && first <= 0x8f) return true;
  return (first === 0xde || first === 0xdf) && ((bytes[1] ?? 0) & 0xc0) !== 0x80;
}

/** How documents of this encoding follow each other; told none, as the first bytes look. */
export function framingOf(bytes: Uint8Array, encoding: EncodingName | undefined): Framing {
  if (encoding === 'msgpack') return 'msgpack';
  if (encoding === 'body') return 'lines';
  if (encoding === undefined && isMsgpackMap(bytes)) return 'msgpack';
  const text = Buffer.from(bytes.subarray(0, SNIFFED_BYTES))
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (/^\s*[{[]/.test(text)) return 'json';
  const [line = ''] = text.trimStart().split('\n', 1);
  if (looksLikeForm(line)) return 'form';
  // Objects further down: the first line is damage, not text.
  return encoding !== undefined || text.includes('{"') ? 'json' : 'lines';
}

function looksLikeForm(line: string): boolean {
  return /^[A-Za-z0-9_.%+-]+=[^\s{}"]*\r?$/.test(line);
}
