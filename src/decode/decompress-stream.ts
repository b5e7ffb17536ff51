import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { DecodeError } from './decode-error.ts';
import { type Compression, sniffCompression } from './sniff.ts';

const MAGIC_BYTES = 4;

/** The bytes of a stream, decompressed; untold, as its first bytes look. Damage ends it with `DecodeError`. */
export async function* decompressStream(
  source: AsyncIterable<Uint8Array>,
  told: Compression | undefined,
): AsyncGenerator<Uint8Array> {
  const { head, rest } = await takeHead(source);
  const all = concat(head, rest);
  const compression = told ?? sniffCompression(head);
  if (compression === 'none') {
    yield* all;
    return;
  }
  if (compression === 'zstd' && typeof zlib.createZstdDecompress !== 'function') {
    throw new DecodeError('zstd needs Node.js 22.15 or later', 0);
  }
  const expander = compression === 'gzip' ? zlib.createGunzip() : zlib.createZstdDecompress();
  let sourceFailure: { readonly error: unknown } | undefined;
  const readable = Readable.from(all);
  readable.once('error', (error) => {
    sourceFailure = { error };
    expander.destroy(error);
  });
  try {
    for await (const chunk of readable.pipe(expander)) yield chunk as Uint8Array;
  } catch (cause) {
    if (sourceFailure !== undefined) throw sourceFailure.error;
    throw new DecodeError('Bytes that cannot be decompressed', expander.bytesWritten, { cause });
  } finally {
    readable.destroy();
    expander.destroy();
  }
}

/** Enough of the first bytes to tell the compression, and an iterator for the others. */
async function takeHead(
  source: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; rest: AsyncIterator<Uint8Array> }> {
  const rest = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < MAGIC_BYTES) {
    const next = await rest.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, rest };
}

async function* concat(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next())
      yield next.value;
  } finally {
    await rest.return?.();
  }
}
