import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** An exporter that answers when the test says so. */
export class HeldExporter implements LogRecordExporter {
  readonly received: ReadableLogRecord[] = [];
  readonly batchSizes: number[] = [];
  flushes = 0;
  shutdowns = 0;
  isHolding = false;
  #waiting: (() => void)[] = [];

  export(records: ReadableLogRecord[], callback: (result: ExportResult) => void): void {
    this.received.push(...records);
    this.batchSizes.push(records.length);
    const answer = (): void => callback({ code: ExportResultCode.SUCCESS });
    if (this.isHolding) this.#waiting.push(answer);
    else answer();
  }

  /** Answers the calls that wait, and later ones at once. */
  release(): void {
    this.isHolding = false;
    for (const answer of this.#waiting.splice(0)) answer();
  }

  /** Answers the calls that wait. */
  answer(): void {
    for (const answer of this.#waiting.splice(0)) answer();
  }

  async forceFlush(): Promise<void> {
    this.flushes += 1;
  }

  async shutdown(): Promise<void> {
    this.shutdowns += 1;
  }
}
