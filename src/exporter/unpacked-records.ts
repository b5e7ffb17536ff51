import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LostRecords } from './record-accounts.ts';
import { recordTimeMillis } from './record-time.ts';

/** Records, at least one, that are lost before they were encoded. */
export function lostUnpacked(
  records: readonly ReadableLogRecord[],
  wallMillis: number,
  target: string,
): LostRecords {
  const times = records.map((record) => recordTimeMillis(record, wallMillis));
  return {
    count: records.length,
    bytes: 0,
    firstTimeMillis: times.reduce((least, time) => Math.min(least, time)),
    lastTimeMillis: times.reduce((most, time) => Math.max(most, time)),
    target,
  };
}
