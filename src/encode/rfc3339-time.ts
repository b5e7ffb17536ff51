import type { HrTime } from '@opentelemetry/api';
import type { ByteWriter } from './byte-writer.ts';
import { writeNineDigits } from './decimal-digits.ts';
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
  #text: ReadyBytes = ReadyBytes.ofText('');
  #seconds = Number.NaN;

  /** Writes a normal time, without quotes. */
  write(writer: ByteWriter, time: HrTime): void {
    let seconds = time[0];
    let nanos = time[1];
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
    this.#text = ReadyBytes.ofText(`${text.slice(0, SECONDS_CHARACTERS)}.`);
    this.#seconds = seconds;
  }
}
