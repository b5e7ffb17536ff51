import type { ByteWriter } from './byte-writer.ts';
import { writeNineDigits } from './decimal-digits.ts';
import { type JsonQuoting, readyJson } from './json-quoting.ts';
import { ReadyBytes } from './ready-bytes.ts';

const SECONDS_CHARACTERS = 19;
const MIN_SECONDS = -62_167_219_200;
const MAX_SECONDS = 253_402_300_799;
const LAST_NANO = 999_999_999;
const ZULU = 0x5a;

/**
 * Writes times as RFC 3339 with nanoseconds, `2026-11-21T03:57:00.000000001Z`.
 *
 * Most records of a batch share a second, so its text is kept. Times outside the years 0000 to 9999,
 * which RFC 3339 cannot say, are moved to the nearest that it can.
 */
export class Rfc3339Time {
  readonly #quoting: JsonQuoting;
  readonly #before: string;
  #text: ReadyBytes = ReadyBytes.ofText('');
  #seconds = Number.NaN;

  /** @param before JSON that stands before each time. */
  constructor(quoting: JsonQuoting, before: string) {
    this.#quoting = quoting;
    this.#before = before;
  }

  /** Writes a normal time, without a quote behind it. */
  write(writer: ByteWriter, timeSeconds: number, timeNanos: number): void {
    let seconds = timeSeconds;
    let nanos = timeNanos;
    if (seconds < MIN_SECONDS) {
      seconds = MIN_SECONDS;
      nanos = 0;
    } else if (seconds > MAX_SECONDS) {
      seconds = MAX_SECONDS;
      nanos = LAST_NANO;
    }
    if (seconds !== this.#seconds) this.#remember(seconds);
    writer.writeReady(this.#text);
    writeNineDigits(writer, nanos);
    writer.writeByte(ZULU);
  }

  #remember(seconds: number): void {
    const text = new Date(seconds * 1000).toISOString();
    const start = `${this.#before}${text.slice(0, SECONDS_CHARACTERS)}.`;
    this.#text = readyJson(start, this.#quoting);
    this.#seconds = seconds;
  }
}
