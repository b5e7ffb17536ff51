import { approximateBytes } from './approximate-bytes.ts';
import type { DecodedLogRecord } from './decoded-log-record.ts';

/** About what an error takes, with the stack that V8 writes for it. */
const BYTES_AN_ERROR = 1_024;

/** Records that are held together, within a bound of memory: a record of two bytes holds hundreds of them. */
export class HeldRecords {
  readonly records: DecodedLogRecord[] = [];
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isFull(): boolean {
    return this.#bytes > this.#maxBytes;
  }

  get fullMessage(): string {
    return (
      `Records that hold more than ${this.#maxBytes} bytes of memory: those behind them are not decoded. ` +
      'Raise `maxDecompressedBytes`, or use `decodeStream`, which holds one at a time'
    );
  }

  /** Takes records until it is full. */
  addAll(records: Iterable<DecodedLogRecord>): void {
    for (const record of records) {
      this.records.push(record);
      this.#bytes += approximateBytes(record);
      if (this.isFull) return;
    }
  }

  /** An error is held until all is decoded. */
  addError(): void {
    this.#bytes += BYTES_AN_ERROR;
  }
}
