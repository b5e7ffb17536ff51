import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type {
  LogRecordExporter,
  LogRecordProcessor,
  ReadableLogRecord,
} from '@opentelemetry/sdk-logs';
import { describeError } from '../describe-error.ts';
import type { Runtime } from '../exporter/runtime.ts';
import { within } from '../exporter/within.ts';
import { tell } from '../report/tell.ts';
import type { BatchProcessor, BatchProcessorStats } from './batch-processor.ts';
import { coalesce } from './coalesce.ts';
import { registerLive } from './live-processors.ts';
import type { QueueLosses, QueueLossReason } from './queue-losses.ts';
import { RecordQueue } from './record-queue.ts';

export interface CountingBatchProcessorParts {
  readonly exporter: LogRecordExporter;
  /** Makes the real processor, which exports to what it is given. */
  readonly createProcessor: (exporter: LogRecordExporter) => LogRecordProcessor;
  readonly maxQueueSize: number;
  readonly losses: QueueLosses;
  readonly runtime: Runtime;
}

type OnEmit = Parameters<LogRecordProcessor['onEmit']>;

/** A shutdown waits so long for a flush under way: the real processor would leave behind what came during it. */
const FLUSH_UNDER_WAY_MILLIS = 5000;
/** The real processor waits without end for the attributes of a resource that never come. */
const SHUTDOWN_MILLIS = 60_000;

/**
 * Stands before and behind the real processor: sees what is logged to it and what it exports.
 *
 * It keeps the bound of the queue itself, and a little earlier than the real processor, which therefore never
 * drops a record unseen: what waits here is never fewer than what waits there.
 */
export class CountingBatchProcessor implements BatchProcessor {
  readonly exporter: LogRecordExporter;
  readonly #parts: CountingBatchProcessorParts;
  readonly #inner: LogRecordProcessor;
  readonly #queue = new RecordQueue();
  readonly #flush: () => Promise<void>;
  readonly #hurryExporter: () => Promise<void>;
  readonly #unregister: () => void;
  /** Taken out here, but still in the real processor, which has no way to give them back. */
  readonly #given: WeakSet<ReadableLogRecord> = new WeakSet();
  #givenInside = 0;
  #leftAtShutdown: ReadableLogRecord[] = [];
  #emitted = 0;
  #exported = 0;
  readonly #dropped: Record<QueueLossReason, number> = { buffer_full: 0, shut_down: 0 };
  #handingOver: Promise<void> = Promise.resolve();
  #shutdown: Promise<void> | undefined;

  constructor(parts: CountingBatchProcessorParts) {
    this.#parts = parts;
    this.exporter = parts.exporter;
    this.#inner = parts.createProcessor({
      export: (records, callback) => this.#export(records, callback),
      // Not awaited: the real processor asks for it between any two batches, and would wait for the delivery
      // of each before it hands over the next. `forceFlush` waits for all of them at its end.
      forceFlush: async () => void this.#hurryExporter(),
      shutdown: () => parts.exporter.shutdown(),
    });
    const flushExporter = (): Promise<void> => quietly(() => parts.exporter.forceFlush());
    this.#hurryExporter = coalesce(flushExporter);
    this.#flush = coalesce(async () => {
      this.#handingOver = quietly(() => this.#inner.forceFlush());
      await this.#handingOver;
      // The real processor flushes the exporter only when it had records itself.
      await flushExporter();
    });
    this.#unregister = registerLive(this);
  }

  onEmit(record: OnEmit[0], context: OnEmit[1]): void {
    this.#emitted += 1;
    if (this.#shutdown !== undefined) this.#drop(record, 'shut_down');
    else if (this.#queue.size + this.#givenInside >= this.#parts.maxQueueSize) {
      this.#drop(record, 'buffer_full');
    } else {
      this.#queue.add(record);
      this.#inner.onEmit(record, context);
    }
  }

  forceFlush(): Promise<void> {
    return this.#shutdown ?? this.#flush();
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  stats(): BatchProcessorStats {
    return {
      emitted: this.#emitted,
      exported: this.#exported,
      queued: this.#queue.size,
      droppedQueueFull: this.#dropped.buffer_full,
      droppedShutDown: this.#dropped.shut_down,
    };
  }

  takeQueued(): ReadableLogRecord[] {
    return [...this.#leftAtShutdown.splice(0), ...this.#giveUpQueued()];
  }

  #export(records: ReadableLogRecord[], callback: (result: ExportResult) => void): void {
    const wanted =
      this.#givenInside === 0 ? records : records.filter((record) => !this.#given.has(record));
    this.#givenInside -= records.length - wanted.length;
    this.#exported += this.#queue.remove(wanted);
    if (wanted.length === 0) {
      callback({ code: ExportResultCode.SUCCESS });
      return;
    }
    try {
      this.exporter.export(wanted, callback);
    } catch (thrown) {
      callback({ code: ExportResultCode.FAILED, error: asError(thrown) });
    }
  }

  async #close(): Promise<void> {
    const { runtime } = this.#parts;
    await within(FLUSH_UNDER_WAY_MILLIS, this.#handingOver, runtime);
    const closed = quietly(() => this.#inner.shutdown());
    await within(SHUTDOWN_MILLIS, closed, runtime);
    this.#leftAtShutdown = this.#giveUpQueued();
    this.#parts.losses.flush();
    this.#unregister();
  }

  #giveUpQueued(): ReadableLogRecord[] {
    const records = this.#queue.takeAll();
    for (const record of records) {
      this.#given.add(record);
      this.#drop(record, 'shut_down');
    }
    this.#givenInside += records.length;
    return records;
  }

  #drop(record: ReadableLogRecord, reason: QueueLossReason): void {
    this.#dropped[reason] += 1;
    this.#parts.losses.lose(record, reason);
  }
}

/** Flush and shutdown never reject: the real processor would stop for ever after one that does. */
async function quietly(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (thrown) {
    tell('error', `batch processor: ${describeError(thrown)}`);
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('The exporter threw', { cause: thrown });
}
