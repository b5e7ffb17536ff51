import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { DestinationLogRecordExporter } from '../../src/index.ts';
import type { ExporterName } from './chaos-exporters.ts';
import { formatRanges } from './id-ranges.ts';

/** Writes down which records the exporter behind it has acknowledged, before the processor hears of it. */
export class RecordingExporter implements LogRecordExporter {
  readonly #name: ExporterName;
  readonly #exporter: DestinationLogRecordExporter;
  readonly #write: (line: string) => void;
  /** Acknowledged while the exporter said that some records would be lost with the process. */
  #isUnsafe = false;

  constructor(
    name: ExporterName,
    exporter: DestinationLogRecordExporter,
    write: (line: string) => void,
  ) {
    this.#name = name;
    this.#exporter = exporter;
    this.#write = write;
  }

  export(records: ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void {
    const numbers = records.map(({ attributes }) => Number(attributes['number']));
    this.#exporter.export(records, (result) => {
      const ranges = formatRanges(numbers);
      if (result.code !== ExportResultCode.SUCCESS) this.#write(`failed ${this.#name} ${ranges}`);
      else if (this.#exporter.stats().inFlight === 0) this.#write(`acked ${this.#name} ${ranges}`);
      else {
        this.#isUnsafe = true;
        this.#write(`unsafe ${this.#name} ${ranges}`);
      }
      this.look();
      resultCallback(result);
    });
  }

  /** Writes down when all that was acknowledged is on disk, delivered or dropped. */
  look(): void {
    if (!this.#isUnsafe || this.#exporter.stats().inFlight > 0) return;
    this.#isUnsafe = false;
    this.#write(`safe ${this.#name}`);
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush();
  }

  async shutdown(): Promise<void> {
    await this.#exporter.shutdown();
    this.look();
    this.#write(`stats ${this.#name} ${JSON.stringify(this.#exporter.stats())}`);
  }
}
