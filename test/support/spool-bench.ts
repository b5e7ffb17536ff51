import { readdirSync } from 'node:fs';
import type { ExportResult } from '@opentelemetry/core';
import { onTestFinished } from 'vitest';
import {
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
} from '../../src/exporter/destination-log-record-exporter.ts';
import type { Destination } from '../../src/index.ts';
import type { Drop } from '../../src/report/drop-reporter.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';

/** A service that can be down, with what it stored. */
export class SwitchableService {
  isDown = false;
  /** Bodies, in the order in which they were stored. */
  readonly stored: string[] = [];
  requests = 0;

  readonly send: Destination['send'] = async ({ entries }): Promise<SendOutcome> => {
    this.requests += 1;
    if (this.isDown) return { status: 'retryable', error: new Error('The service is down') };
    this.stored.push(...entries.map(({ bytes }) => Buffer.from(bytes).toString()));
    return { status: 'delivered' };
  };
}

export interface ThrottledOnce {
  readonly send: Destination['send'];
  /** Lets the first request have its answer. */
  readonly throttle: () => void;
}

/** Throttles the first request when it is told to, and answers the others when that one has come again. */
export function throttledOnce(service: SwitchableService): ThrottledOnce {
  let throttled: string | undefined;
  const isThrottled = Promise.withResolvers<void>();
  const isBack = Promise.withResolvers<void>();
  return {
    throttle: () => isThrottled.resolve(),
    send: async (request, context) => {
      const [first] = request.entries.map(({ bytes }) => Buffer.from(bytes).toString());
      if (throttled === undefined) {
        throttled = first;
        await isThrottled.promise;
        return { status: 'retryable', error: new Error('throttled') };
      }
      if (first === throttled) isBack.resolve();
      await isBack.promise;
      return service.send(request, context);
    },
  };
}

export interface SpoolExporterOptions extends Partial<DestinationLogRecordExporterOptions> {
  readonly service: SwitchableService;
  readonly directory: string;
}

export interface SpoolBench {
  readonly exporter: DestinationLogRecordExporter;
  readonly drops: Drop[];
  /** Resolves with what the callback of `export` was told. */
  export(bodies: readonly string[]): Promise<ExportResult>;
}

/** An exporter with a spool on a real disk; closed with the test. */
export function openSpoolBench(options: SpoolExporterOptions): SpoolBench {
  const { directory, service, ...others } = options;
  const drops: Drop[] = [];
  const exporter = new DestinationLogRecordExporter({
    encoding: 'body',
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 20 },
    shutdownTimeoutMillis: 5000,
    onDrop: (drop) => drops.push(drop),
    spool: { directory },
    destination: { name: 'bench', send: service.send },
    ...others,
  });
  onTestFinished(async () => {
    await exporter.shutdown();
  });
  return {
    exporter,
    drops,
    export: (bodies) =>
      new Promise((resolve) => {
        const records = bodies.map((body) => createLogRecord({ body }));
        exporter.export(records, resolve);
      }),
  };
}

/** The names of all files that hold records. */
export function spoolFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.spool'),
  );
}
