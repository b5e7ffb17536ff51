import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect } from 'vitest';
import {
  HttpLogRecordExporter,
  type HttpLogRecordExporterOptions,
} from '../../../../src/destinations/http/index.ts';
import {
  createLogRecord,
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from '../../../../src/testing/index.ts';

export interface HttpRun {
  readonly services: LocalServices;
  readonly http: LocalServices['http'];
  readonly exporter: HttpLogRecordExporter;
  /** Exports and waits until all is decided; the error of a failed export. */
  send(records: readonly ReadableLogRecord[]): Promise<Error | undefined>;
}

export type TestOptions = Omit<Partial<HttpLogRecordExporterOptions>, 'url'> & {
  /** Default `/logs` at the local receiver. */
  readonly url?: (base: string) => HttpLogRecordExporterOptions['url'];
  readonly services?: LocalServicesOptions;
  /** Broken rules that are part of the test. */
  readonly expectedRules?: readonly string[];
};

/** Runs `body` with an exporter and a receiver of its own; no request may break a rule of HTTP. */
export async function withHttp(
  { services: servicesOptions, url, expectedRules = [], ...options }: TestOptions,
  body: (run: HttpRun) => Promise<void>,
): Promise<void> {
  const services = await startLocalServices(servicesOptions);
  try {
    const { http } = services;
    const exporter = new HttpLogRecordExporter({
      acknowledge: 'delivered',
      timeoutMillis: 20_000,
      retry: { initialBackoffMillis: 1, maxBackoffMillis: 10 },
      ...options,
      url: url?.(http.url) ?? `${http.url}/logs`,
    });
    const send = async (records: readonly ReadableLogRecord[]): Promise<Error | undefined> => {
      const exported = new Promise<Error | undefined>((resolve) => {
        exporter.export([...records], ({ error }) => resolve(error));
      });
      await exporter.forceFlush();
      return exported;
    };
    await body({ services, http, exporter, send });
    await exporter.shutdown();
    const rules = services.violations.map(({ rule }) => rule);
    expect([...new Set(rules)]).toEqual(expectedRules);
  } finally {
    await services.close();
  }
}

export function createLogRecords(
  count: number,
  overrides?: (index: number) => Partial<ReadableLogRecord>,
): ReadableLogRecord[] {
  return Array.from({ length: count }, (_, index) => createLogRecord(overrides?.(index)));
}

/** The uids of what was taken in, in the order of arrival. */
export function arrivedUids(http: LocalServices['http']): string[] {
  return http.decoded.map((record) => (record as { attributes: { uid: string } }).attributes.uid);
}

export function uidsOf(records: readonly ReadableLogRecord[]): string[] {
  return records.map(({ attributes }) => String(attributes['uid']));
}
