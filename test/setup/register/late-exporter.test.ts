import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from 'collectorless/http';
import { createLogRecord, type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LateExporter } from '../../../src/setup/late-exporter.ts';
import { exportRecords } from '../../support/export-records.ts';

let services: LocalServices;

beforeEach(async () => {
  services = await startLocalServices();
});

afterEach(async () => {
  await services.close();
});

const records = ['first', 'second'].map((body) => createLogRecord({ body }));

function exportTo(exporter: LateExporter, batch: ReadableLogRecord[]): Promise<ExportResult> {
  return exportRecords(exporter, batch);
}

function comingExporter(): {
  readonly late: LateExporter;
  readonly arrive: () => void;
  readonly stayAway: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<HttpLogRecordExporter | undefined>();
  return {
    late: new LateExporter('http', promise),
    arrive: () => resolve(new HttpLogRecordExporter({ url: services.http.url })),
    stayAway: () => resolve(undefined),
  };
}

it('delivers what was exported before there was an exporter, in its order', async () => {
  const { late, arrive } = comingExporter();
  const results = records.map((record) => exportTo(late, [record]));
  const flushed = late.forceFlush();
  arrive();
  expect((await Promise.all(results)).map(({ code }) => code)).toEqual([0, 0]);
  await flushed;
  expect(services.http.decoded).toMatchObject([{ body: 'first' }, { body: 'second' }]);
  await late.shutdown();
});

it('passes on what comes later, and shuts its exporter down', async () => {
  const { late, arrive } = comingExporter();
  arrive();
  await late.forceFlush();
  await exportTo(late, records);
  await late.shutdown();
  expect(services.http.decoded).toHaveLength(2);
  expect((await exportTo(late, records)).code).toBe(ExportResultCode.FAILED);
});

it('takes records and forgets them when there comes no exporter', async () => {
  const { late, stayAway } = comingExporter();
  const early = exportTo(late, records);
  expect(late.isMissing).toBe(false);
  stayAway();
  expect([await early, await exportTo(late, records)].map(({ code }) => code)).toEqual([0, 0]);
  await late.forceFlush();
  await late.shutdown();
  expect(late.isMissing).toBe(true);
});

it('hands back what still waits for an exporter, which then does not get it', async () => {
  const { late, arrive } = comingExporter();
  const result = exportTo(late, records);
  expect(late.takeBack()).toEqual({ encoding: 'json', entries: [], records });
  expect((await result).code).toBe(ExportResultCode.FAILED);
  arrive();
  await late.shutdown();
  expect(services.http.decoded).toEqual([]);
});

it('hands back what its exporter has not delivered', async () => {
  services.setFaults([{ kind: 'hang' }]);
  const { late, arrive } = comingExporter();
  arrive();
  await late.forceFlush();
  await exportTo(late, records);
  const { encoding, entries, records: unpacked } = late.takeBack();
  expect([encoding, entries.length + unpacked.length]).toEqual(['json', 2]);
  await late.shutdown();
});

it('has a name from the beginning, and an account as soon as there is an exporter', async () => {
  const { late, arrive } = comingExporter();
  expect([late.destinationName, late.stats()]).toEqual(['http', undefined]);
  arrive();
  await exportTo(late, records);
  await late.forceFlush();
  expect(late.stats()).toMatchObject({ exported: 2, delivered: 2 });
  await late.shutdown();
});
