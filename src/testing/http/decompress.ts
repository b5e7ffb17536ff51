import zlib from 'node:zlib';

/** Undoes `content-encoding`, or answers undefined when the bytes are not what it says. */
export function decompress(body: Buffer, contentEncoding: string): Buffer | undefined {
  try {
    return contentEncoding
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== '' && name !== 'identity')
      .reverse()
      .reduce(undo, body);
  } catch {
    return undefined;
  }
}

function undo(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.gunzipSync(body);
    case 'deflate':
      return zlib.inflateSync(body);
    case 'br':
      return zlib.brotliDecompressSync(body);
    case 'zstd':
      return zlib.zstdDecompressSync(body);
    default:
      throw new TypeError(`Unknown content-encoding ${encoding}`);
  }
}
