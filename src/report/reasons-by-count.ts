import type { DropReason } from '../send/send-outcome.ts';

type ReasonCount = readonly [reason: DropReason, count: number];

/** Lost records by reason, the most frequent first. */
export function reasonsByCount(counts: Iterable<ReasonCount>): readonly ReasonCount[] {
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** The same as a sentence lists them: `timeout: 3, rejected: 1`. */
export function listedReasons(byCount: readonly ReasonCount[]): string {
  return byCount.map(([reason, count]) => `${reason}: ${count}`).join(', ');
}
