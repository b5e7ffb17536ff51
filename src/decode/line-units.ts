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

  push(bytes: Uint8Array): Unit[] {
    this.#pending.push(bytes);
    const units: Unit[] = [];
    for (;;) {
      const pending = this.#pending.bytes;
      const end = pending.indexOf(NEWLINE, this.#scanned);
      if (end === -1) {
        this.#scanned = pending.length;
        if (pending.length > this.#maxBytes) this.#discard(units);
        return units;
      }
      this.#take(units, end);
      this.#pending.use(1);
    }
  }

  end(): Unit[] {
    const units: Unit[] = [];
    this.#take(units, this.#pending.bytes.length);
    return units;
  }

  #take(units: Unit[], end: number): void {
    const { bytes, position } = this.#pending;
    const line = bytes.toString('utf8', 0, end).replace(/\r$/, '');
    if (line !== '') units.push({ position, bytes: end, value: line });
    this.#pending.use(end);
    this.#scanned = 0;
  }

  #discard(units: Unit[]): void {
    const { bytes, position } = this.#pending;
    units.push({ position, error: new DecodeError('A line that is too large', position) });
    this.#pending.use(bytes.length);
    this.#scanned = 0;
  }
}
