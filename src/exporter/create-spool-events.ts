import { DiskReporter } from '../report/disk-reporter.ts';
import { tell } from '../report/tell.ts';
import type { SpoolEvents, SpoolLoss } from '../spool/spool-events.ts';
import type { Destination } from './destination.ts';
import type { LostRecords, RecordAccounts } from './record-accounts.ts';
import type { Runtime } from './runtime.ts';

/** Books what happens to records on disk, and tells of the disk. */
export function createSpoolEvents(
  parts: {
    readonly accounts: RecordAccounts;
    readonly destination: Destination;
    readonly runtime: Runtime;
  },
  then: { readonly onAdopted: () => void; readonly onLost: () => void },
): SpoolEvents {
  const { accounts, destination, runtime } = parts;
  const disk = new DiskReporter({
    name: destination.name,
    warn: (message) => tell('warn', message),
    monotonicMillis: () => runtime.monotonicMillis(),
    startTimer: (task, delayMillis) => runtime.startTimer(task, delayMillis),
  });
  return {
    adopted: ({ recordCount }) => {
      accounts.adoptedRecords(recordCount);
      then.onAdopted();
    },
    lost: (loss) => {
      // Nobody knew of these records: they are known from now on, as lost.
      if (loss.file === undefined) accounts.adoptedRecords(loss.recordCount);
      accounts.droppedRecords(toLostRecords(loss, destination.name), loss.reason, loss.error);
      then.onLost();
    },
    setAside: ({ path, why }) => disk.setAside(path, why),
    stranded: ({ path, recordCount }) => disk.stranded(path, recordCount),
    trouble: (error) => disk.troubled(error),
    recovered: () => disk.recovered(),
  };
}

function toLostRecords(loss: SpoolLoss, destinationName: string): LostRecords {
  const { bytes, firstTimeMillis, lastTimeMillis, recordCount, targetKey } = loss;
  return {
    count: recordCount,
    stored: recordCount,
    bytes,
    firstTimeMillis,
    lastTimeMillis,
    target: targetKey === '' ? destinationName : targetKey,
  };
}
