import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { DropSummaries, type LostInTime } from '../report/drop-summaries.ts';
import { LogExportError } from '../report/log-export-error.ts';
import type { Target } from '../route/target.ts';
import type { DropReason } from '../send/send-outcome.ts';
import { ExportTicket } from './export-ticket.ts';
import type { Runtime } from './runtime.ts';
import { summaryRecord } from './summary-record.ts';

export interface SummarySenderParts {
  readonly runtime: Runtime;
  /** Sends the record on its way beside the application's; false when there is no room for it now. */
  readonly send: (target: Target, record: ReadableLogRecord, ticket: ExportTicket) => boolean;
}

/** After an outage losses come in a row; so long after the first delivery they are told together. */
const GATHERING_MILLIS = 1_000;
/** Where losses and deliveries alternate, one summary in this time. */
const MIN_INTERVAL_MILLIS = 30_000;

/** Tells the destination itself, once it takes records again, how many it did not get. */
export class SummarySender {
  readonly #parts: SummarySenderParts;
  readonly #summaries = new DropSummaries();
  /** The one that took records last: names made of attributes have no other place that is sure to exist. */
  #target: Target | undefined;
  #sentMillis = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;

  constructor(parts: SummarySenderParts) {
    this.#parts = parts;
  }

  note(reason: DropReason, lost: LostInTime): void {
    this.#summaries.note(reason, lost);
  }

  /** The target took records. */
  delivered(target: Target): void {
    const { runtime } = this.#parts;
    this.#target = target;
    if (!this.#summaries.isPending || this.#cancelTimer !== undefined) return;
    const sinceMillis = runtime.monotonicMillis() - this.#sentMillis;
    const waitMillis = Math.max(GATHERING_MILLIS, MIN_INTERVAL_MILLIS - sinceMillis);
    this.#cancelTimer = runtime.startTimer(() => this.sendDue(), waitMillis);
  }

  /** Sends what is only waiting for its time. Answers whether something was sent. */
  sendDue(): boolean {
    if (this.#cancelTimer === undefined) return false;
    this.stop();
    return this.#send();
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #send(): boolean {
    const { runtime, send } = this.#parts;
    const summaries = this.#summaries;
    const target = this.#target;
    const summary = target?.resource === undefined ? undefined : summaries.take();
    if (target?.resource === undefined || summary === undefined) return false;
    this.#sentMillis = runtime.monotonicMillis();
    const record = summaryRecord(summary, target.resource, runtime.wallMillis());
    const ticket = new ExportTicket(1, (result) => {
      // It is told with the next losses, or once these have begun to be delivered.
      if (isLost(result)) summaries.restore(summary);
    });
    if (send(target, record, ticket)) return true;
    summaries.restore(summary);
    return false;
  }
}

function isLost({ code, error }: ExportResult): boolean {
  return code === ExportResultCode.FAILED && error instanceof LogExportError;
}
