import type { DropReason } from '../send/send-outcome.ts';
import { listedReasons, reasonsByCount } from './reasons-by-count.ts';

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
    const byCount = reasonsByCount(Object.entries(counts) as [DropReason, number][]);
    super(`Log records were dropped (${listedReasons(byCount)})`, options);
    this.counts = counts;
    this.code = byCount[0]?.[0] ?? 'rejected';
  }
}
