/** What came out of compressed bytes, and how many of them it took. */
export interface Expanded {
  readonly output: Buffer;
  readonly usedBytes: number;
}

/** Less than this part of its memory is moved to memory of its own: many small outputs must not hold it all. */
const SPARSE_PART = 4;

/** The result of a function of `node:zlib` with `info: true`. */
export function expanded(result: unknown): Expanded {
  // `info: true` changes the result, which the types of Node.js do not say.
  const { buffer, engine } = result as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  const isSparse = buffer.length * SPARSE_PART < buffer.buffer.byteLength;
  return { output: isSparse ? Buffer.from(buffer) : buffer, usedBytes: engine.bytesWritten };
}
