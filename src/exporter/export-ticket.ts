import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { LogExportError } from '../report/log-export-error.ts';
import type { DropReason } from '../send/send-outcome.ts';

/** One call of `export`: answers its callback exactly once, when all its records are decided. */
export class ExportTicket {
  readonly #callback: (result: ExportResult) => void;
  #undecided: number;
  #dropped: Partial<Record<DropReason, number>> | undefined;
  #cause: Error | undefined;
  #answered = false;
  #isPostponed = false;

  constructor(recordCount: number, callback: (result: ExportResult) => void) {
    this.#undecided = recordCount;
    this.#callback = callback;
  }

  /** So many records are accepted or delivered, as the exporter promises. */
  succeed(count: number): void {
    this.#decide(count);
  }

  fail(count: number, reason: DropReason, cause?: Error): void {
    this.#dropped ??= {};
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + count;
    this.#cause ??= cause;
    this.#decide(count);
  }

  /** So many records are not delivered in time, and will be: they are on disk. */
  postpone(count: number, cause: Error): void {
    this.#isPostponed = true;
    this.#cause ??= cause;
    this.#decide(count);
  }

  /** Answers a call that held no records. */
  settleIfEmpty(): void {
    this.#decide(0);
  }

  #decide(count: number): void {
    this.#undecided -= count;
    if (this.#undecided > 0 || this.#answered) return;
    this.#answered = true;
    const options = this.#cause === undefined ? undefined : { cause: this.#cause };
    if (this.#dropped === undefined && !this.#isPostponed) {
      this.#callback({ code: ExportResultCode.SUCCESS });
      return;
    }
    const error =
      this.#dropped === undefined
        ? new Error('Log records are on disk and not delivered yet', options)
        : new LogExportError({ ...this.#dropped }, options);
    this.#callback({ code: ExportResultCode.FAILED, error });
  }
}
