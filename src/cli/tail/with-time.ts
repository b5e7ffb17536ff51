import type { DecodedLogRecord } from '../../decode/index.ts';

/** The record, with the time at which it was received when it says none itself. */
export function withTime(
  record: DecodedLogRecord,
  unixMillis: number | undefined,
): DecodedLogRecord {
  const { hrTime, hrTimeObserved } = record;
  const isTimeless = [...hrTime, ...hrTimeObserved].every((part) => part === 0);
  if (!isTimeless || unixMillis === undefined || !Number.isFinite(unixMillis)) return record;
  const seconds = Math.floor(unixMillis / 1000);
  const nanos = Math.round((unixMillis - seconds * 1000) * 1e6);
  return { ...record, hrTimeObserved: [seconds, nanos] };
}
