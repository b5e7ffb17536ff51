import type { HrTime } from '@opentelemetry/api';

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;
const NANOS_PER_SECOND = 1_000_000_000n;

/** Reads RFC 3339 to the nanosecond; undefined for other text. */
export function readRfc3339(text: string): HrTime | undefined {
  const [, date, time, fraction = '', zone = 'Z'] = RFC_3339.exec(text) ?? [];
  const millis = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(millis)) return undefined;
  return [millis / 1000, Number(fraction.slice(0, 9).padEnd(9, '0'))];
}

/** Reads nanoseconds since 1970, as decimal text or a number; undefined when they are none. */
export function readUnixNanos(value: unknown): HrTime | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (!/^\d{1,20}$/.test(String(value))) return undefined;
  const nanos = BigInt(value);
  return [Number(nanos / NANOS_PER_SECOND), Number(nanos % NANOS_PER_SECOND)];
}

/** Reads seconds since 1970 with a fraction; undefined when they are none. */
export function readUnixSeconds(value: unknown): HrTime | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const seconds = Math.floor(value);
  return [seconds, Math.min(999_999_999, Math.round((value - seconds) * 1e9))];
}
