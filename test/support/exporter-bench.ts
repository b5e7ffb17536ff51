import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Destination, DestinationRequest } from '../../src/exporter/destination.ts';
import {
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
} from '../../src/exporter/destination-log-record-exporter.ts';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
import type { Drop } from '../../src/report/drop-reporter.ts';
import type { ExporterStats } from '../../src/report/ledger.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { imbalanceOf } from './accounts.ts';
import { FakeRuntime } from './fake-runtime.ts';

export interface SentRequest {
  readonly target: string;
  /** The entries as text. */
  readonly texts: readonly string[];
  readonly bytes: readonly number[];
  readonly times: readonly number[];
  readonly atMillis: number;
  readonly index: number;
  readonly signal: AbortSignal;
}

export interface ExportCall {
  /** How often the callback was called. */
  answers: number;
  result?: ExportResult;
}

export interface ExporterBenchOptions
  extends Partial<Omit<DestinationLogRecordExporterOptions, 'destination'>> {
  readonly send?: (request: SentRequest) => SendOutcome | undefined | Promise<SendOutcome>;
  readonly destination?: Partial<Omit<Destination, 'send' | 'limits'>>;
  readonly limits?: Partial<PackLimits>;
  readonly seed?: number;
}

/** An exporter at work on a clock that a test rules, to a destination that does what the test says. */
export class ExporterBench {
  readonly runtime: FakeRuntime;
  readonly exporter: DestinationLogRecordExporter;
  readonly requests: SentRequest[] = [];
  readonly drops: Drop[] = [];
  readonly calls: ExportCall[] = [];

  constructor(options: ExporterBenchOptions = {}) {
    const { destination, limits, seed, send, ...exporterOptions } = options;
    this.runtime = new FakeRuntime(seed);
    const all: PackLimits = {
      maxEntries: 100,
      maxRequestBytes: 1_000_000,
      maxEntryBytes: 100_000,
      ...limits,
    };
    this.exporter = new DestinationLogRecordExporter(
      {
        encoding: 'body',
        onDrop: (drop) => this.drops.push(drop),
        ...exporterOptions,
        destination: {
          name: 'bench',
          limits: all,
          ...destination,
          send: async (request, { signal }) => {
            const sent = this.#note(request, signal);
            return send?.(sent);
          },
        },
      },
      this.runtime,
    );
  }

  get stats(): ExporterStats {
    return this.exporter.stats();
  }

  /** Everything that was sent, in its order. */
  get texts(): string[] {
    return this.requests.flatMap(({ texts }) => texts);
  }

  /** Exports records with these bodies in one call. */
  export(bodies: readonly string[], record: Partial<ReadableLogRecord> = {}): ExportCall {
    return this.exportRecords(bodies.map((body) => createLogRecord({ ...record, body })));
  }

  exportRecords(records: ReadableLogRecord[]): ExportCall {
    const call: ExportCall = { answers: 0 };
    this.calls.push(call);
    this.exporter.export(records, (result) => {
      call.answers += 1;
      call.result = result;
    });
    return call;
  }

  flush(): Promise<void> {
    return this.runtime.advanceUntil(this.exporter.forceFlush());
  }

  shutdown(): Promise<void> {
    return this.runtime.advanceUntil(this.exporter.shutdown());
  }

  /** 0 when the accounts balance. */
  imbalance(): number {
    return imbalanceOf(this.stats);
  }

  #note({ entries, target }: DestinationRequest, signal: AbortSignal): SentRequest {
    const sent: SentRequest = {
      target: target.key,
      texts: entries.map(({ bytes }) => Buffer.from(bytes).toString()),
      bytes: entries.map(({ bytes }) => bytes.length),
      times: entries.map(({ restampedMillis, timeMillis }) => restampedMillis ?? timeMillis),
      atMillis: this.runtime.monotonicMillis(),
      index: this.requests.length,
      signal,
    };
    this.requests.push(sent);
    return sent;
  }
}

export function isSuccess(call: ExportCall): boolean | undefined {
  return call.result === undefined ? undefined : call.result.code === ExportResultCode.SUCCESS;
}

export function bodies(count: number, prefix = 'body'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}
