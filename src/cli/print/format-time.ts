import type { HrTime } from '@opentelemetry/api';

const NANOS_PER_MILLI = 1_000_000;
const UNKNOWN_TIME = '-';

/**
 * A time to the millisecond: `2026-11-21 03:57:00.123` where the process is, `2026-11-21T03:57:00.123Z` in
 * UTC, `-` for a record that says none.
 */
export function formatTime([seconds, nanos]: HrTime, isUtc: boolean): string {
  const millis = seconds * 1000 + Math.floor(nanos / NANOS_PER_MILLI);
  const date = new Date(millis);
  if (millis === 0 || Number.isNaN(date.getTime())) return UNKNOWN_TIME;
  if (isUtc) return date.toISOString();
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
