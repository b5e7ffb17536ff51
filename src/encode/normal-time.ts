import type { HrTime } from '@opentelemetry/api';

const NANOS_PER_SECOND = 1_000_000_000;

/** Whole seconds, and 0 to 999,999,999 nanoseconds. */
export interface NormalTime {
  seconds: number;
  nanos: number;
}

/** The time with whole seconds and 0 to 999,999,999 nanoseconds; undefined when it is no time. */
export function normalTime(time: HrTime): HrTime | undefined {
  const normal: NormalTime = { seconds: 0, nanos: 0 };
  return readTime(time, normal) ? [normal.seconds, normal.nanos] : undefined;
}

/**
 * Reads a time into an object that is there; false, and nothing read, when it is no time. Each number is asked for once:
 * a getter may answer something else the next time.
 */
export function readTime(time: HrTime, into: NormalTime): boolean {
  if (!Array.isArray(time)) return false;
  const seconds: unknown = time[0];
  const nanos: unknown = time[1];
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return false;
  if (!isNormalTime(seconds, nanos)) return normalize(seconds, nanos, into);
  into.seconds = seconds;
  into.nanos = nanos;
  return true;
}

/** True for whole seconds and 0 to 999,999,999 nanoseconds, as nearly every time has them. */
export function isNormalTime(seconds: number, nanos: number): boolean {
  return (
    Number.isInteger(seconds) && (nanos | 0) === nanos && nanos >= 0 && nanos < NANOS_PER_SECOND
  );
}

function normalize(seconds: number, nanos: number, into: NormalTime): boolean {
  const wholeSeconds = Math.floor(seconds);
  const allNanos = Math.round(nanos + (seconds - wholeSeconds) * NANOS_PER_SECOND);
  // A remainder is exact, also of what is too large for a number to hold each nanosecond.
  const normalNanos = ((allNanos % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  const normalSeconds = wholeSeconds + Math.round((allNanos - normalNanos) / NANOS_PER_SECOND);
  if (!Number.isFinite(normalSeconds) || !Number.isFinite(normalNanos)) return false;
  into.seconds = normalSeconds;
  into.nanos = normalNanos;
  return true;
}
