import type { HrTime } from '@opentelemetry/api';

const NANOS_PER_SECOND = 1_000_000_000;

/** The time with whole seconds and 0 to 999,999,999 nanoseconds; undefined when it is no time. */
export function normalTime(time: HrTime): HrTime | undefined {
  if (!Array.isArray(time)) return undefined;
  const seconds: unknown = time[0];
  const nanos: unknown = time[1];
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return undefined;
  return isNormalTime(seconds, nanos) ? time : normalized(seconds, nanos);
}

/** True for whole seconds and 0 to 999,999,999 nanoseconds, as nearly every time has them. */
export function isNormalTime(seconds: number, nanos: number): boolean {
  return (
    Number.isInteger(seconds) && (nanos | 0) === nanos && nanos >= 0 && nanos < NANOS_PER_SECOND
  );
}

function normalized(seconds: number, nanos: number): HrTime | undefined {
  const wholeSeconds = Math.floor(seconds);
  const allNanos = Math.round(nanos + (seconds - wholeSeconds) * NANOS_PER_SECOND);
  const carried = Math.floor(allNanos / NANOS_PER_SECOND);
  const normal: HrTime = [wholeSeconds + carried, allNanos - carried * NANOS_PER_SECOND];
  return Number.isFinite(normal[0]) && Number.isFinite(normal[1]) ? normal : undefined;
}

/** True when both are the same moment. */
export function isSameTime(one: HrTime | undefined, other: HrTime | undefined): boolean {
  return one?.[0] === other?.[0] && one?.[1] === other?.[1];
}
