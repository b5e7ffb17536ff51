import type { HrTime } from '@opentelemetry/api';
import type { ByteWriter } from './byte-writer.ts';
import { normalTime } from './normal-time.ts';

const SECONDS_BYTES = 19;
const MIN_SECONDS = -62_167_219_200;
const MAX_SECONDS = 253_402_300_799;
const LAST_NANO = 999_999_999;
const ZERO = 0x30;

/**
 * Writes times as RFC 3339 with nanoseconds, `2026-11-21T03:57:00.000000001Z`.
 *
 * Most records of a batch share a second, so its text is kept. Times outside the years 0000 to 9999,
 * which RFC 3339 cannot say, are moved to the nearest that it can.
 */
export class Rfc3339Time {
  readonly #text = new Uint8Array(SECONDS_BYTES);
  #seconds = Number.NaN;

  /** Writes the time without quotes; false, and nothing written, when it is no time at all. */
  write(writer: ByteWriter, time: HrTime): boolean {
    const normal = normalTime(time);
    if (normal === undefined) return false;
    let seconds = normal[0];
    let nanos = normal[1];
    if (seconds < MIN_SECONDS) {
      seconds = MIN_SECONDS;
      nanos = 0;
    } else if (seconds > MAX_SECONDS) {
      seconds = MAX_SECONDS;
      nanos = LAST_NANO;
    }
    if (seconds !== this.#seconds) this.#remember(seconds);
    writer.ensure(SECONDS_BYTES + 11);
    writer.writeBytes(this.#text);
    writeFraction(writer, nanos);
    return true;
  }

  #remember(seconds: number): void {
    const text = new Date(seconds * 1000).toISOString();
    for (let index = 0; index < SECONDS_BYTES; index++) this.#text[index] = text.charCodeAt(index);
    this.#seconds = seconds;
  }
}

function writeFraction(writer: ByteWriter, nanos: number): void {
  const buffer = writer.buffer;
  const position = writer.position;
  buffer[position] = 0x2e;
  let rest = nanos;
  for (let at = position + 9; at > position; at--) {
    const tens = Math.trunc(rest / 10);
    buffer[at] = ZERO + rest - tens * 10;
    rest = tens;
  }
  buffer[position + 10] = 0x5a;
  writer.position = position + 11;
}
