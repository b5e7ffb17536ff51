import type { ExporterName } from './chaos-exporters.ts';
import type { Disturbances } from './disturbances.ts';
import type { ExporterJournal } from './journal.ts';
import type { StoredCopies } from './services-process.ts';

/** What became of the records of one exporter. */
export interface Account {
  readonly name: ExporterName;
  /** By the apps. */
  readonly emitted: number;
  /** Answered with SUCCESS; all others are the processor's or were lost with their process. */
  readonly acknowledged: number;
  /** Records that the service has. */
  readonly stored: number;
  /** Of them, twice or more because an answer may have been lost. */
  readonly twiceExplained: number;
  readonly twiceUnexplained: readonly string[];
  readonly dropped: ReadonlyMap<string, number>;
  /** Acknowledged from memory while the disk failed, as the exporter said, and killed then. */
  readonly lostInMemory: number;
  /** ZeroMQ only: handed to a socket, and one of its ends died. */
  readonly lostInSocket: number;
  /** Records on disk. */
  readonly spooled: number;
  /** Acknowledged and nowhere. */
  readonly unaccounted: number;
  /** Some of them. */
  readonly missing: readonly string[];
  /** Processes whose `stats()` did not add up. */
  readonly wrongStats: number;
}

export interface AccountParts {
  readonly name: ExporterName;
  readonly emitted: number;
  readonly journal: ExporterJournal;
  readonly copies: StoredCopies;
  readonly spooled: number;
  readonly disturbances: Disturbances;
}

/** Drops are known by their number, everything else record by record. */
export function account({ copies, disturbances, journal, name, ...parts }: AccountParts): Account {
  const missing = [...journal.acked].filter(([uid]) => !copies.has(uid));
  const others = missing.filter(([uid]) => !journal.unsafe.has(uid));
  const unsafeCount = missing.length - others.length;
  const inMemoryCount = Math.min(unsafeCount, journal.heldInMemory);
  const isInSocket = (ackedMillis: number): boolean =>
    name === 'zeromq' && disturbances.mayHaveDiedInSocket(ackedMillis);
  const nowhere = others.filter(([, ackedMillis]) => !isInSocket(ackedMillis));
  const dropped = [...journal.dropped.values()].reduce((sum, count) => sum + count, 0);
  const twice = [...copies].filter(([, times]) => times.length > 1);
  const unexplained = twice.filter(([, times]) => !isExplained(times));
  return {
    ...parts,
    name,
    acknowledged: journal.acked.size,
    stored: copies.size,
    twiceExplained: twice.length - unexplained.length,
    twiceUnexplained: unexplained.map(([uid, times]) => `${uid} at ${times.join(', ')}`),
    dropped: journal.dropped,
    lostInMemory: inMemoryCount,
    lostInSocket: others.length - nowhere.length,
    unaccounted: Math.max(
      0,
      nowhere.length + unsafeCount - inMemoryCount - dropped - parts.spooled,
    ),
    missing: nowhere.map(([uid, at]) => `${uid} acknowledged at ${at}`),
    wrongStats: journal.wrongStats.length,
  };

  /** Every copy but the last must be one whose answer may have been lost. */
  function isExplained(times: readonly number[]): boolean {
    const earlier = [...times].sort((one, other) => one - other).slice(0, -1);
    return earlier.every((time) => disturbances.mayHaveLostAnswer(name, time));
  }
}

export function isWrong({ twiceUnexplained, unaccounted, wrongStats }: Account): boolean {
  return unaccounted > 0 || twiceUnexplained.length > 0 || wrongStats > 0;
}
