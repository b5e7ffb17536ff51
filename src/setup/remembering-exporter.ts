import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { AbandonedRecords } from '../exporter/abandoned-records.ts';
import { tell } from '../report/tell.ts';

type Batch = readonly ReadableLogRecord[];

/** As many as the batch processor of OpenTelemetry holds by default: an outage must not fill the memory. */
const MAX_FAILED = 2_048;

/**
 * An exporter of others that can hand back what it has not delivered: records whose export is under way, and
 * the newest of those whose export failed. Nobody else knows them any more.
 */
export class RememberingExporter implements LogRecordExporter {
  readonly #name: string;
  readonly #exporter: LogRecordExporter;
  readonly #underWay = new Set<Batch>();
  #failed: ReadableLogRecord[] = [];
  #forgottenCount = 0;

  /** @param name How messages name the exporter. */
  constructor(name: string, exporter: LogRecordExporter) {
    this.#name = name;
    this.#exporter = exporter;
  }

  export(records: ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void {
    this.#underWay.add(records);
    try {
      this.#exporter.export(records, (result) => {
        this.#settle(records, result.code === ExportResultCode.SUCCESS);
        resultCallback(result);
      });
    } catch (thrown) {
      this.#settle(records, false);
      throw thrown;
    }
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  /** How many records wait to be handed back because their export failed. */
  get failedCount(): number {
    return this.#failed.length;
  }

  /** Hands back what is not delivered, each record once. What is under way may arrive all the same. */
  takeBack(): AbandonedRecords {
    const records = [...this.#failed, ...[...this.#underWay].flat()];
    this.#failed = [];
    this.#underWay.clear();
    if (this.#forgottenCount > 0) {
      tell(
        'warn',
        `${this.#name}: ${this.#forgottenCount} more log records were not taken by the endpoint ` +
          `earlier; only the last ${MAX_FAILED} of them were kept`,
      );
      this.#forgottenCount = 0;
    }
    return { encoding: 'json', entries: [], records };
  }

  #settle(records: Batch, isDelivered: boolean): void {
    const wasHere = this.#underWay.delete(records);
    if (isDelivered || !wasHere) return;
    this.#failed.push(...records);
    const surplus = Math.max(0, this.#failed.length - MAX_FAILED);
    this.#failed.splice(0, surplus);
    this.#forgottenCount += surplus;
  }
}
