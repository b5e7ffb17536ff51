import { errorType } from '../describe-error.ts';
import type { Drop } from '../report/drop-reporter.ts';
import type { ExporterMetrics } from '../report/exporter-metrics.ts';
import type { HealthReporter } from '../report/health-reporter.ts';
import type { Ledger } from '../report/ledger.ts';
import type { Target } from '../route/target.ts';
import type { DeliveryObserver } from '../send/delivery-observer.ts';
import type { DropReason } from '../send/send-outcome.ts';
import { EntrySummer, placesOf } from './entry-sums.ts';
import type { ExportTicket } from './export-ticket.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { RecordRun } from './record-run.ts';
import { type RecordFate, SplitRecord } from './split-record.ts';
import type { SummarySender } from './summary-sender.ts';
import { type EntryLine, linesOf, type TrackedEntry } from './tracked-entry.ts';

export interface RecordAccountsParts {
  readonly ledger: Ledger;
  readonly metrics: ExporterMetrics;
  /** Hears of each drop. Never throws. */
  readonly onDrop: ((drop: Drop) => void) | undefined;
  readonly healthReporter: HealthReporter;
  readonly memory: MemoryBudget<Target>;
  readonly monotonicMillis: () => number;
  readonly summary: Pick<SummarySender, 'note' | 'delivered'>;
}

/** An entry whose request ends for one of these is not lost while it is on disk. */
const STAYS_ON_DISK: ReadonlySet<DropReason> = new Set(['shut_down', 'timeout', 'retry_exhausted']);

/** Records that are lost before they became entries. */
export interface LostRecords {
  readonly count: number;
  /** How many of them were on disk. Default 0. */
  readonly stored?: number;
  readonly bytes: number;
  readonly firstTimeMillis: number;
  readonly lastTimeMillis: number;
  readonly target: string;
}

/** Books the fate of every record: once in the statistics, the metrics, `onDrop` and its ticket. */
export class RecordAccounts implements DeliveryObserver<TrackedEntry, Target> {
  readonly #parts: RecordAccountsParts;
  readonly #summer = new EntrySummer();

  constructor(parts: RecordAccountsParts) {
    this.#parts = parts;
  }

  exported(count: number): void {
    this.#parts.ledger.export(count);
    this.#parts.metrics.accepted(count);
  }

  /** Records that are safe on disk now. */
  storedRecords(count: number): void {
    this.#parts.ledger.store(count);
  }

  /** Records that another process left on disk. */
  adoptedRecords(count: number): void {
    this.#parts.ledger.adopt(count);
    this.#parts.metrics.accepted(count);
  }

  attempted(_target: Target, entries: readonly TrackedEntry[]): void {
    this.#parts.ledger.request(this.#summer.sum(entries).bytes);
  }

  retrying(_target: Target, entries: readonly TrackedEntry[]): void {
    this.#parts.ledger.retry(this.#summer.sum(entries).recordCount);
  }

  delivered(target: Target, entries: readonly TrackedEntry[]): void {
    const { recordCount, storedCount } = this.#summer.sum(entries);
    this.deliveredRecords(recordCount, storedCount);
    this.#parts.summary.delivered(target);
    this.#decide(target, entries, DELIVERED);
  }

  unread(entries: readonly TrackedEntry[]): void {
    // Said again, it must not count again.
    for (const { slab, entries: count } of this.#summer.sum(entries).slabs.splice(0))
      slab.release(count);
  }

  dropped(target: Target, all: readonly TrackedEntry[], reason: DropReason, error: Error): void {
    const entries = STAYS_ON_DISK.has(reason) ? this.#leaveToDisk(target, all, error) : all;
    const { bytes, recordCount: count, storedCount: stored } = this.#summer.sum(entries);
    if (count > 0) {
      const lost: LostRecords = {
        count,
        stored,
        bytes,
        firstTimeMillis: leastOf(entries, (entry) => entry.timeMillis),
        lastTimeMillis: -leastOf(entries, (entry) => -entry.lastTimeMillis),
        target: target.key,
      };
      this.droppedRecords(lost, reason, error);
    }
    this.#decide(target, entries, { status: 'dropped', reason, error });
  }

  /** Tells all who wait for the fate of these entries, and holds them no longer. */
  #decide(target: Target, entries: readonly TrackedEntry[], fate: RecordFate): void {
    const { heldBytes, isAwaited } = this.#summer.sum(entries);
    if (isAwaited) this.#tell(entries, fate);
    this.#parts.memory.release(target, heldBytes);
  }

  #tell(entries: readonly TrackedEntry[], fate: RecordFate): void {
    for (const entry of entries) {
      if (entry.tickets !== undefined)
        for (const ticket of entry.tickets) {
          if (fate.status === 'delivered') ticket.succeed(1);
          else ticket.fail(1, fate.reason, fate.error);
        }
      if (entry.parts === undefined) decideLine(entry, fate);
      else for (const part of entry.parts) if (!(part instanceof RecordRun)) decideLine(part, fate);
    }
  }

  /**
   * A record that goes in parts, each in an entry of its own that names it.
   *
   * @param lost The record, should it be dropped.
   * @param ticket Of a call that waits for it.
   */
  split(partCount: number, lost: LostRecords, ticket?: ExportTicket): SplitRecord {
    return new SplitRecord(partCount, {
      isAwaited: ticket !== undefined,
      leftToDisk: (cause) => ticket?.postpone(1, cause),
      decided: (fate, stored) => {
        if (fate.status === 'dropped') {
          this.droppedRecords({ ...lost, stored }, fate.reason, fate.error, ticket);
          return;
        }
        this.deliveredRecords(1, stored);
        ticket?.succeed(1);
      },
    });
  }

  /** Decides what was sent in several pieces, which are booked already. */
  decidedInPieces(target: Target, line: TrackedEntry, fate: RecordFate): void {
    const rest = { ...line, bytes: line.bytes, heldBytes: 0 };
    if (fate.status === 'delivered') this.delivered(target, [rest]);
    else this.dropped(target, [rest], fate.reason, fate.error);
  }

  /** Answers those that are lost because they are not on disk; of those there, what is too old is dropped. */
  #leaveToDisk(
    target: Target,
    entries: readonly TrackedEntry[],
    error: Error,
  ): readonly TrackedEntry[] {
    if (!entries.some((entry) => placesOf(entry).length > 0)) return entries;
    const lines = entries.flatMap(linesOf);
    const now = this.#parts.monotonicMillis();
    const isExpired = ({ stored }: TrackedEntry): boolean =>
      stored !== undefined && now >= stored.file.expiresAtMillis;
    const expired = lines.filter(isExpired);
    if (expired.length > 0) this.dropped(target, expired, 'spool_expired', error);
    const kept = lines.filter((line) => line.stored !== undefined && !isExpired(line));
    for (const line of kept) leaveLine(line, error);
    this.#parts.memory.release(target, this.#summer.sum(kept).heldBytes);
    return lines.filter((line) => line.stored === undefined);
  }

  /** They are on disk and go from memory, before anything was tried. */
  leftToDisk(target: Target, entries: readonly TrackedEntry[], cause: Error): void {
    for (const { splits, tickets } of entries) {
      for (const ticket of tickets ?? []) ticket.postpone(1, cause);
      for (const split of splits ?? []) split.leave(cause);
    }
    this.#parts.memory.release(target, this.#summer.sum(entries).heldBytes);
  }

  finished(
    _target: Target,
    durationMillis: number,
    error: Error | undefined,
    httpStatusCode?: number,
  ): void {
    const ofError =
      error !== undefined && 'httpStatusCode' in error ? error.httpStatusCode : undefined;
    const status = ofError ?? httpStatusCode;
    this.#parts.metrics.operation(
      durationMillis,
      error === undefined ? undefined : errorType(error),
      typeof status === 'number' ? status : undefined,
    );
  }

  troubled(target: Target, error: Error): void {
    this.#parts.healthReporter.troubled(target.key, error);
  }

  recovered(target: Target): void {
    this.#parts.healthReporter.recovered(target.key);
  }

  /** @param stored How many of them were on disk. */
  deliveredRecords(count: number, stored = 0): void {
    if (count === 0) return;
    this.#parts.ledger.deliver(count, stored);
    this.#parts.metrics.delivered(count);
  }

  /** Books records that are lost; `ticket` is that of their export call where it still waits. */
  droppedRecords(
    lost: LostRecords,
    reason: DropReason,
    error?: Error,
    ticket?: ExportTicket,
  ): void {
    const { ledger, metrics, onDrop, summary } = this.#parts;
    summary.note(reason, lost);
    ledger.drop(reason, lost.count, lost.stored);
    metrics.dropped(lost.count, reason);
    onDrop?.({
      reason,
      count: lost.count,
      bytes: lost.bytes,
      firstTime: new Date(lost.firstTimeMillis),
      lastTime: new Date(lost.lastTimeMillis),
      target: lost.target,
      ...(error === undefined ? {} : { error }),
    });
    ticket?.fail(lost.count, reason, error);
  }
}

const DELIVERED: RecordFate = { status: 'delivered' };

function decideLine({ splits, stored }: EntryLine | TrackedEntry, fate: RecordFate): void {
  if (splits === undefined) stored?.file.decide(stored.index);
  else for (const split of splits) split.decidePart(fate, stored);
}

function leaveLine({ splits, stored, tickets }: TrackedEntry, cause: Error): void {
  for (const ticket of tickets ?? []) ticket.postpone(1, cause);
  if (stored === undefined) return;
  if (splits === undefined) stored.file.giveBack();
  else for (const split of splits) split.leavePart(stored, cause);
}

function leastOf<E>(entries: readonly E[], size: (entry: E) => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const entry of entries) least = Math.min(least, size(entry));
  return least;
}
