import { isBytes, wrongArgument } from './decode-options.ts';

/** The bytes of an iterable that were not used yet, and more of them when asked. */
export class SourceBytes {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #pending: Buffer = Buffer.alloc(0);
  #position = 0;
  #isEnded = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  get pending(): Buffer {
    return this.#pending;
  }

  /** Where `pending` begins in all that came. */
  get position(): number {
    return this.#position;
  }

  use(count: number): void {
    this.#pending = this.#pending.subarray(count);
    this.#position += count;
  }

  /** Waits for bytes that are no empty chunk; false at the end of the source. */
  async more(): Promise<boolean> {
    while (!this.#isEnded) {
      const next = await this.#iterator.next();
      if (next.done === true) {
        this.#isEnded = true;
      } else if (!isBytes(next.value)) {
        throw wrongArgument('each chunk of the source', 'a Uint8Array', next.value);
      } else if (next.value.length > 0) {
        const { buffer, byteLength, byteOffset } = next.value;
        const chunk = Buffer.from(buffer, byteOffset, byteLength);
        this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
        return true;
      }
    }
    return false;
  }

  /** Waits until so many bytes are pending; false when the source ends before. */
  async atLeast(count: number): Promise<boolean> {
    while (this.#pending.length < count) if (!(await this.more())) return false;
    return true;
  }

  async close(): Promise<void> {
    if (!this.#isEnded) await this.#iterator.return?.();
  }
}
