import type { HrTime } from '@opentelemetry/api';
import { normalTime } from './normal-time.ts';

const NANOS_PER_MILLI = 1_000_000;
const MAX_SECONDS = 253_402_300_799;
const MIN_SECONDS = -62_167_219_200;

export interface DistlogTime {
  /** Seconds since 1970. */
  readonly created: number | null;
  /** The milliseconds in the second. */
  readonly msecs: number | null;
  /** `2026-11-21 03:57:00,123`; Python writes local time, this is UTC. */
  readonly asctime: string | null;
}

/** A time as Python's logging has it; null in all fields for what is no time. */
export function distlogTime(time: HrTime): DistlogTime {
  const normal = normalTime(time);
  if (normal === undefined || normal[0] < MIN_SECONDS || normal[0] > MAX_SECONDS) {
    return { created: null, msecs: null, asctime: null };
  }
  const [seconds, nanos] = normal;
  const wholeMillis = Math.floor(nanos / NANOS_PER_MILLI);
  const text = new Date(seconds * 1000).toISOString();
  return {
    created: seconds + nanos / 1_000_000_000,
    msecs: nanos / NANOS_PER_MILLI,
    asctime: `${text.slice(0, 10)} ${text.slice(11, 19)},${String(wholeMillis).padStart(3, '0')}`,
  };
}
