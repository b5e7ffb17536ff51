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
  /** Records that would be lost with the process, as last written; undefined while there are none. */
  #heldCount: number | undefined;

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
      const { inFlight } = this.#exporter.stats();
      if (result.code !== ExportResultCode.SUCCESS) this.#write(`failed ${this.#name} ${ranges}`);
      else if (inFlight === 0) this.#write(`acked ${this.#name} ${ranges}`);
      else {
        this.#heldCount = inFlight;
        this.#write(`unsafe ${this.#name} ${ranges} ${inFlight}`);
      }
      this.look();
      resultCallback(result);
    });
  }

  /** Writes down how many of the acknowledged records are neither on disk, nor delivered, nor dropped. */
  look(): void {
    if (this.#heldCount === undefined) return;
    const { inFlight } = this.#exporter.stats();
    if (inFlight === this.#heldCount) return;
    this.#heldCount = inFlight === 0 ? undefined : inFlight;
    this.#write(`held ${this.#name} ${inFlight}`);
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
