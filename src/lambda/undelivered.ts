import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { describeError } from '../describe-error.ts';
import type { AbandonedRecords } from '../exporter/abandoned-records.ts';
import { tell } from '../report/tell.ts';
import type { Flushable } from './log-flush-options.ts';

/** What our processors and exporters are; those of another package may have none of it. */
interface Holder extends Flushable {
  readonly exporter?: Partial<Holder>;
  /** Of an exporter of others that has no counts: records that failed, and can be taken back. */
  readonly failedCount?: number;
  stats(): { readonly exported?: number; readonly inFlight?: number; readonly queued?: number };
  takeBack(): AbandonedRecords;
  takeQueued(): ReadableLogRecord[];
}

/**
 * Notes how many records there are now. The answer tells later whether so many are not decided yet: a flush may
 * end by the exporter's own bound. What is logged in the meantime does not matter.
 */
export function watchDelivery(items: readonly Partial<Holder>[]): () => boolean {
  const due = items.map((item) => {
    const { decided, undecided } = countsOf(item);
    return { item, count: decided + undecided };
  });
  return () => due.some(({ count, item }) => countsOf(item).decided < count || hasFailed(item));
}

function hasFailed({ exporter }: Partial<Holder>): boolean {
  return (exporter?.failedCount ?? 0) > 0;
}

function countsOf(item: Partial<Holder>): { decided: number; undecided: number } {
  const nothing = { decided: 0, undecided: 0 };
  try {
    const { exported = 0, inFlight } = (item.exporter ?? item).stats?.() ?? {};
    if (inFlight === undefined) return nothing;
    const queued = item.exporter === undefined ? 0 : (item.stats?.().queued ?? 0);
    return { decided: exported - inFlight, undecided: inFlight + queued };
  } catch {
    // A method of the same name in a class of somebody else.
    return nothing;
  }
}

/** Takes out what an exporter, or a processor and its exporter, have not delivered, oldest first. */
export function takeUndelivered(item: Partial<Holder>): AbandonedRecords[] {
  const taken: AbandonedRecords[] = [];
  try {
    const { exporter } = item;
    const undelivered = exporter?.takeBack?.();
    if (undelivered !== undefined) taken.push(undelivered);
    if (item.takeBack !== undefined) taken.push(item.takeBack());
    if (item.takeQueued !== undefined) {
      const nothing = { encoding: 'json', ...undelivered, entries: [] };
      taken.push({ ...nothing, records: item.takeQueued() });
    }
  } catch (thrown) {
    tell('error', `lambda: ${describeError(thrown)}`);
  }
  return taken;
}
