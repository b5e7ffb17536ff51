import { errorType } from '../describe-error.ts';
import type { DropReporter } from '../report/drop-reporter.ts';
import type { ExporterMetrics } from '../report/exporter-metrics.ts';
import type { HealthReporter } from '../report/health-reporter.ts';
import type { Ledger } from '../report/ledger.ts';
import type { Target } from '../route/target.ts';
import type { DeliveryObserver } from '../send/delivery-observer.ts';
import type { DropReason } from '../send/send-outcome.ts';
import type { ExportTicket } from './export-ticket.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { TrackedEntry } from './tracked-entry.ts';

export interface RecordAccountsParts {
  readonly ledger: Ledger;
  readonly metrics: ExporterMetrics;
  readonly dropReporter: DropReporter;
  readonly healthReporter: HealthReporter;
  readonly memory: MemoryBudget<Target>;
}

/** Records that are lost before they became entries. */
export interface LostRecords {
  readonly count: number;
  readonly bytes: number;
  readonly firstTimeMillis: number;
  readonly lastTimeMillis: number;
  readonly target: string;
}

/** Books the fate of every record: once in the statistics, the metrics, `onDrop` and its ticket. */
export class RecordAccounts implements DeliveryObserver<TrackedEntry, Target> {
  readonly #parts: RecordAccountsParts;

  constructor(parts: RecordAccountsParts) {
    this.#parts = parts;
  }

  exported(count: number): void {
    this.#parts.ledger.export(count);
    this.#parts.metrics.accepted(count);
  }

  attempted(_target: Target, entries: readonly TrackedEntry[]): void {
    this.#parts.ledger.request(sumOf(entries, (entry) => entry.bytes.length));
  }

  retrying(_target: Target, entries: readonly TrackedEntry[]): void {
    this.#parts.ledger.retry(sumOf(entries, (entry) => entry.recordCount));
  }

  delivered(target: Target, entries: readonly TrackedEntry[]): void {
    this.deliveredRecords(sumOf(entries, (entry) => entry.recordCount));
    for (const entry of entries) {
      for (const ticket of entry.tickets ?? []) ticket.succeed(1);
      for (const split of entry.splits ?? []) split.decidePart({ status: 'delivered' });
    }
    this.#release(target, entries);
  }

  dropped(
    target: Target,
    entries: readonly TrackedEntry[],
    reason: DropReason,
    error: Error,
  ): void {
    const count = sumOf(entries, (entry) => entry.recordCount);
    if (count > 0) {
      const lost: LostRecords = {
        count,
        bytes: sumOf(entries, (entry) => entry.bytes.length),
        firstTimeMillis: leastOf(entries, (entry) => entry.timeMillis),
        lastTimeMillis: -leastOf(entries, (entry) => -entry.lastTimeMillis),
        target: target.key,
      };
      this.droppedRecords(lost, reason, error);
    }
    for (const entry of entries) {
      for (const ticket of entry.tickets ?? []) ticket.fail(1, reason, error);
      for (const split of entry.splits ?? [])
        split.decidePart({ status: 'dropped', reason, error });
    }
    this.#release(target, entries);
  }

  finished(_target: Target, durationMillis: number, error: Error | undefined): void {
    const status =
      error !== undefined && 'httpStatusCode' in error ? error.httpStatusCode : undefined;
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

  deliveredRecords(count: number): void {
    if (count === 0) return;
    this.#parts.ledger.deliver(count);
    this.#parts.metrics.delivered(count);
  }

  /** Books records that are lost; `ticket` is that of their export call where it still waits. */
  droppedRecords(
    lost: LostRecords,
    reason: DropReason,
    error?: Error,
    ticket?: ExportTicket,
  ): void {
    const { dropReporter, ledger, metrics } = this.#parts;
    ledger.drop(reason, lost.count);
    metrics.dropped(lost.count, reason);
    dropReporter.report({
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

  #release(target: Target, entries: readonly TrackedEntry[]): void {
    this.#parts.memory.release(
      target,
      sumOf(entries, (entry) => entry.heldBytes),
    );
  }
}

function sumOf<E>(entries: readonly E[], size: (entry: E) => number): number {
  let sum = 0;
  for (const entry of entries) sum += size(entry);
  return sum;
}

function leastOf<E>(entries: readonly E[], size: (entry: E) => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const entry of entries) least = Math.min(least, size(entry));
  return least;
}
