import type { DropReason } from './send-outcome.ts';

/** Hears what becomes of every entry, each exactly once as delivered or dropped. */
export interface DeliveryObserver<E, T> {
  attempted(target: T, entries: readonly E[]): void;
  retrying(target: T, entries: readonly E[]): void;
  delivered(target: T, entries: readonly E[]): void;
  /**
   * Nobody reads their bytes any more: they were delivered whole, by the one attempt that there was. An attempt
   * that was left behind may read on, so nothing is said of others.
   */
  unread?(entries: readonly E[]): void;
  dropped(target: T, entries: readonly E[], reason: DropReason, error: Error): void;
  /**
   * A request is done with: all its attempts together took `durationMillis`. The status is that of the answer
   * which decided the last of its entries; an error has its own.
   */
  finished(
    target: T,
    durationMillis: number,
    error: Error | undefined,
    httpStatusCode?: number,
  ): void;
  /** The target has begun to fail one request after the other, or does not answer. */
  troubled(target: T, error: Error): void;
  /** It answers again. */
  recovered(target: T): void;
}
