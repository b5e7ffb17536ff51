import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { AbandonedRecords } from '../exporter/abandoned-records.ts';
import type { DestinationLogRecordExporter } from '../exporter/destination-log-record-exporter.ts';
import type { ExporterStats } from '../report/ledger.ts';

interface WaitingCall {
  readonly records: ReadableLogRecord[];
  readonly resultCallback: (result: ExportResult) => void;
}

/**
 * Stands for an exporter that is still being made: the processor needs one before the application loads,
 * but importing its destination takes a moment. Calls wait until then.
 *
 * When there comes none, records are taken and forgotten: whoever makes the exporter has said so.
 */
export class LateExporter implements LogRecordExporter {
  readonly destinationName: string;
  readonly #ready: Promise<DestinationLogRecordExporter | undefined>;
  #exporter: DestinationLogRecordExporter | undefined;
  #isSettled = false;
  #waiting: WaitingCall[] = [];

  /** @param coming Answers `undefined` when there is no exporter after all. Never rejects. */
  constructor(destinationName: string, coming: Promise<DestinationLogRecordExporter | undefined>) {
    this.destinationName = destinationName;
    this.#ready = coming.then((exporter) => {
      this.#exporter = exporter;
      this.#isSettled = true;
      const waiting = this.#waiting.splice(0);
      for (const { records, resultCallback } of waiting) this.export(records, resultCallback);
      return exporter;
    });
  }

  export(records: ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void {
    if (!this.#isSettled) this.#waiting.push({ records, resultCallback });
    else if (this.#exporter !== undefined) this.#exporter.export(records, resultCallback);
    else resultCallback({ code: ExportResultCode.SUCCESS });
  }

  /** Undefined until there is an exporter. */
  stats(): ExporterStats | undefined {
    return this.#exporter?.stats();
  }

  /** True when there is no exporter after all. */
  get isMissing(): boolean {
    return this.#isSettled && this.#exporter === undefined;
  }

  async forceFlush(): Promise<void> {
    const exporter = await this.#ready;
    await exporter?.forceFlush();
  }

  async shutdown(): Promise<void> {
    const exporter = await this.#ready;
    await exporter?.shutdown();
  }

  /** Hands back what is not delivered, and goes on with an empty exporter. */
  takeBack(): AbandonedRecords {
    return this.#exporter?.takeBack() ?? this.#takeWaiting();
  }

  #takeWaiting(): AbandonedRecords {
    const waiting = this.#waiting.splice(0);
    for (const { resultCallback } of waiting) resultCallback({ code: ExportResultCode.FAILED });
    return { encoding: 'json', entries: [], records: waiting.flatMap((call) => call.records) };
  }
}
