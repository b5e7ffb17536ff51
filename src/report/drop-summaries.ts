import type { DropReason } from '../send/send-outcome.ts';

/** What was lost since the last summary that arrived. */
export interface DropSummary {
  readonly count: number;
  readonly reasons: ReadonlyMap<DropReason, number>;
  /** Unix time of the first lost record. */
  readonly firstTimeMillis: number;
  /** Unix time of the last lost record. */
  readonly lastTimeMillis: number;
}

export type LostInTime = Pick<DropSummary, 'count' | 'firstTimeMillis' | 'lastTimeMillis'>;

/** The reasons that an outage has; the others say something of the record itself, whatever the service does. */
const OUTAGE_REASONS: ReadonlySet<DropReason> = new Set([
  'timeout',
  'retry_exhausted',
  'buffer_full',
  'spool_full',
  'spool_expired',
]);

/** Adds up the losses of an outage until they can be told at the place where the records are missed. */
export class DropSummaries {
  #summary: DropSummary | undefined;

  get isPending(): boolean {
    return this.#summary !== undefined;
  }

  note(reason: DropReason, { count, firstTimeMillis, lastTimeMillis }: LostInTime): void {
    if (count === 0 || !OUTAGE_REASONS.has(reason)) return;
    this.restore({ count, firstTimeMillis, lastTimeMillis, reasons: new Map([[reason, count]]) });
  }

  /** Takes what is to be told; it counts as told until it is brought back. */
  take(): DropSummary | undefined {
    const summary = this.#summary;
    this.#summary = undefined;
    return summary;
  }

  /** Brings back what could not be told. */
  restore(summary: DropSummary): void {
    const known = this.#summary;
    this.#summary = known === undefined ? summary : add(known, summary);
  }
}

function add(one: DropSummary, other: DropSummary): DropSummary {
  const reasons = new Map(one.reasons);
  for (const [reason, count] of other.reasons) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  return {
    count: one.count + other.count,
    reasons,
    firstTimeMillis: Math.min(one.firstTimeMillis, other.firstTimeMillis),
    lastTimeMillis: Math.max(one.lastTimeMillis, other.lastTimeMillis),
  };
}
