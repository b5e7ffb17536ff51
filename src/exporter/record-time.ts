import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isNormalTime } from '../encode/normal-time.ts';

/** The latest time that a Date can have; nothing later is a time for any service. */
const LATEST_MILLIS = 8.64e15;

/**
 * The record's time as services take it: Unix milliseconds, whole, never negative.
 *
 * A record without a usable timestamp has the time at which it was observed
 * (OTel logs data model, "Field: Timestamp"), and without that the present.
 */
export function recordTimeMillis(record: ReadableLogRecord, wallMillis: number): number {
  return ownTimeMillis(record) ?? Math.floor(wallMillis);
}

/** The same, or nothing where the record has no usable time: a look at the clock is saved for the others. */
export function ownTimeMillis(record: ReadableLogRecord): number | undefined {
  try {
    return toMillis(record.hrTime) ?? toMillis(record.hrTimeObserved);
  } catch {
    // A member that throws when it is read is as good as none.
    return undefined;
  }
}

function toMillis(hrTime: unknown): number | undefined {
  if (!Array.isArray(hrTime)) return undefined;
  // Each is read once: a getter may answer something else the next time.
  const seconds: unknown = hrTime[0];
  const nanos: unknown = hrTime[1];
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return undefined;
  const isUsual = seconds > 0 && seconds < LATEST_MILLIS / 1000 && isNormalTime(seconds, nanos);
  return isUsual ? seconds * 1000 + Math.floor(nanos / 1e6) : unusualToMillis(seconds, nanos);
}

function unusualToMillis(seconds: number, nanos: number): number | undefined {
  // Apart, because their sum in one number would round a time just before a millisecond up to it.
  const wholeSeconds = Math.floor(seconds);
  const nanosInSecond = (seconds - wholeSeconds) * 1e9 + nanos;
  const millis = wholeSeconds * 1000 + Math.floor(nanosInSecond / 1e6);
  // OTLP, "time_unix_nano": 0 says that the time is unknown.
  if (!Number.isFinite(millis) || (seconds === 0 && nanos === 0)) return undefined;
  return Math.min(Math.max(0, millis), LATEST_MILLIS);
}
