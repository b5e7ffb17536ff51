import type { HrTime } from '@opentelemetry/api';

const NANOS_PER_SECOND = 1_000_000_000;

/** The time with whole seconds and 0 to 999,999,999 nanoseconds; undefined when it is no time. */
export function normalTime(time: HrTime): HrTime | undefined {
  if (isNormalTime(time)) return time;
  return Array.isArray(time) ? normalized(time) : undefined;
}

/** Nearly every time is one already. */
export function isNormalTime(time: unknown): time is HrTime {
  if (!Array.isArray(time)) return false;
  const nanos: unknown = time[1];
  return (
    Number.isInteger(time[0]) &&
    Number.isInteger(nanos) &&
    typeof nanos === 'number' &&
    nanos >= 0 &&
    nanos < NANOS_PER_SECOND
  );
}

function normalized(time: readonly unknown[]): HrTime | undefined {
  const [seconds, nanos] = time;
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return undefined;
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
