import type { DropReason } from '../send/send-outcome.ts';

/**
 * Records of an export were lost: `code` is the reason of most of them, `counts` tells all.
 *
 * Test `code`, not `instanceof`: two copies of the package can be loaded.
 */
export class LogExportError extends Error {
  override readonly name = 'LogExportError';
  readonly code: DropReason;
  /** Dropped records by reason. */
  readonly counts: Readonly<Partial<Record<DropReason, number>>>;

  constructor(
    counts: Readonly<Partial<Record<DropReason, number>>>,
    options?: { readonly cause?: unknown },
  ) {
    const byCount = Object.entries(counts).sort(([, a], [, b]) => b - a);
    const listed = byCount.map(([reason, count]) => `${reason}: ${count}`).join(', ');
    super(`Log records were dropped (${listed})`, options);
    this.counts = counts;
    this.code = mostFrequent(counts);
  }
}

function mostFrequent(counts: Readonly<Partial<Record<DropReason, number>>>): DropReason {
  let most: DropReason = 'rejected';
  let mostCount = 0;
  for (const [reason, count] of Object.entries(counts) as [DropReason, number][]) {
    if (count <= mostCount) continue;
    most = reason;
    mostCount = count;
  }
  return most;
}
