import type { ExportResult } from '@opentelemetry/core';
import {
  LoggerProvider,
  type LogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
} from '@opentelemetry/sdk-logs';
import type { ExporterStats, LogRecordExporterOptions } from 'collectorless';
import {
  createLogRecord,
  type FaultCall,
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from 'collectorless/testing';
import { onTestFinished, vi } from 'vitest';
import { expectSettled } from '../../support/accounts.ts';
import { exportRecords } from '../../support/export-records.ts';

/** Retries without long waits, and ends that come soon. */
export const quick: LogRecordExporterOptions = {
  retry: { initialBackoffMillis: 1, maxBackoffMillis: 10 },
  flushTimeoutMillis: 20_000,
  shutdownTimeoutMillis: 500,
};

/** Strict services that end with the test. */
export async function startServices(options: LocalServicesOptions = {}): Promise<LocalServices> {
  const services = await startLocalServices(options);
  onTestFinished(() => services.close());
  return services;
}

type Ending = LogRecordExporter & { stats(): ExporterStats };

/** Shuts the exporter down when the test ends: before the services, as it was made after them. */
export function ending<Exporter extends Ending>(exporter: Exporter): Exporter {
  onTestFinished(async () => {
    await exporter.shutdown();
    expectSettled(exporter.stats());
  });
  return exporter;
}

/** Exports and waits until all is decided. */
export async function delivered(
  exporter: LogRecordExporter,
  records: readonly ReadableLogRecord[],
): Promise<ExportResult> {
  const result = exportRecords(exporter, records);
  await exporter.forceFlush();
  return result;
}

/** Records with the texts as their bodies. */
export function recordsOf(...bodies: readonly string[]): ReadableLogRecord[] {
  return bodies.map((body) => createLogRecord({ body }));
}

/** `count` records with the bodies `0`, `1`, `2` … */
export function numbered(count: number): ReadableLogRecord[] {
  return recordsOf(...Array.from({ length: count }, (_, index) => String(index)));
}

export function bodiesOf(decoded: readonly unknown[]): unknown[] {
  return decoded.map((record) => Object(record).body);
}

/** A provider that is shut down when the test ends. */
export function providerOf(...processors: readonly LogRecordProcessor[]): LoggerProvider {
  const provider = new LoggerProvider({ processors: [...processors] });
  onTestFinished(() => provider.shutdown());
  return provider;
}

/** The AWS calls from now on, seen by a fault that never strikes. */
export function watchCalls(services: LocalServices): FaultCall[] {
  const calls: FaultCall[] = [];
  const match = (call: FaultCall): boolean => {
    calls.push(call);
    return false;
  };
  services.setFaults([{ kind: 'throttle', match }]);
  return calls;
}

/** Sets environment variables until the test ends; none of AWS from outside are seen. */
export function setEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}
