import { type FileHandle, open, stat } from 'node:fs/promises';

const BLOCK_BYTES = 65_536;
const NEWLINE = 0x0a;

/** A file that is read while others write it. */
export class FollowedFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  #position = 0;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Rejects as `open` of Node.js does. */
  static async open(path: string): Promise<FollowedFile> {
    return new FollowedFile(path, await open(path, 'r'));
  }

  /** Where the next read begins. */
  get position(): number {
    return this.#position;
  }

  /** The first bytes, without moving on. */
  head(byteCount: number): Promise<Buffer> {
    return this.#readAt(0, byteCount);
  }

  /** What was written since the last read, a block at most; empty when nothing was. */
  async read(): Promise<Buffer> {
    const block = await this.#readAt(this.#position, BLOCK_BYTES);
    this.#position += block.length;
    return block;
  }

  /** Goes to where the last lines begin; with 0 to the end. */
  async seekLastLines(lineCount: number): Promise<void> {
    const { size } = await this.#handle.stat();
    let lineStarts = 0;
    this.#position = lineCount === 0 ? size : 0;
    // The newline at the end of the file ends the last line and begins none.
    for (let end = size - 1; end > 0 && lineStarts < lineCount; end -= BLOCK_BYTES) {
      const start = Math.max(0, end - BLOCK_BYTES);
      const block = await this.#readAt(start, end - start);
      for (let at = block.length - 1; at >= 0 && lineStarts < lineCount; at -= 1) {
        if (block[at] !== NEWLINE) continue;
        lineStarts += 1;
        if (lineStarts === lineCount) this.#position = start + at + 1;
      }
    }
  }

  /** Another file has its name now, or it was cut off behind our back. */
  async end(): Promise<'replaced' | 'cut off' | undefined> {
    const own = await this.#handle.stat();
    if (own.size < this.#position) return 'cut off';
    const named = await stat(this.#path).catch(() => undefined);
    // Between two files of a rotation there is none of that name.
    if (named === undefined) return undefined;
    return named.ino === own.ino && named.dev === own.dev ? undefined : 'replaced';
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #readAt(position: number, byteCount: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(byteCount);
    const { bytesRead } = await this.#handle.read(buffer, 0, byteCount, position);
    return buffer.subarray(0, bytesRead);
  }
}
