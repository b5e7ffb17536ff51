import { countedRecords } from '../report/counted-records.ts';
import type { ExporterStats } from '../report/ledger.ts';

/** What a flush in vain left where, as the end of a sentence; undefined when there is nothing left. */
export function describeWaiting(
  stats: Pick<ExporterStats, 'inFlight' | 'spooled'>,
): string | undefined {
  const { inFlight, spooled } = stats;
  const onDisk = spooled === 0 ? [] : [`${countedRecords(spooled)} still on disk`];
  const onTheirWay =
    inFlight === 0
      ? []
      : [`${countedRecords(inFlight)} still on ${inFlight === 1 ? 'its' : 'their'} way`];
  const left = [...onTheirWay, ...onDisk];
  return left.length === 0 ? undefined : left.join(' and ');
}
