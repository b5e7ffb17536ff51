import { DecodeError } from './decode-error.ts';
import { PendingBytes } from './pending-bytes.ts';
import type { Unit, UnitReader } from './unit.ts';

const NEWLINE = 0x0a;

/** Lines of text; empty ones are none. */
export class LineUnits implements UnitReader {
  readonly #pending = new PendingBytes();
  readonly #maxBytes: number;
  #scanned = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): Iterable<Unit> {
    this.#pending.push(bytes);
    return this.#read();
  }

  end(): Iterable<Unit> {
    return this.#take(this.#pending.bytes.length);
  }

  *#read(): Generator<Unit, void> {
    for (;;) {
      const pending = this.#pending.bytes;
      const end = pending.indexOf(NEWLINE, this.#scanned);
      if (end === -1) {
        this.#scanned = pending.length;
        if (pending.length > this.#maxBytes) yield this.#discard();
        return;
      }
      yield* this.#take(end);
      this.#pending.use(1);
    }
  }

  #take(end: number): Unit[] {
    const { bytes, position } = this.#pending;
    const line = bytes.toString('utf8', 0, end).replace(/\r$/, '');
    this.#pending.use(end);
    this.#scanned = 0;
    return line === '' ? [] : [{ position, bytes: end, value: line }];
  }

  #discard(): Unit {
    const { bytes, position } = this.#pending;
    this.#pending.use(bytes.length);
    this.#scanned = 0;
    return { position, error: new DecodeError('A line that is too large', position) };
  }
}
