// What `buffering-async-logger`, a Python handler for HTTP and Sumo Logic, did: rows BA-1 to BA-14 of docs/requirements.md.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { LogRecordExporterOptions } from 'collectorless';
import { HttpLogRecordExporter, type HttpOptions } from 'collectorless/http';
import { createLogRecord, type LocalServices } from 'collectorless/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exportRecords } from '../support/export-records.ts';
import { toldLines } from '../support/told-lines.ts';
import {
  bodiesOf,
  delivered,
  ending,
  numbered,
  providerOf,
  quick,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';

type Options = Partial<HttpOptions> & LogRecordExporterOptions;

function exporterTo({ http }: LocalServices, options: Options = {}): HttpLogRecordExporter {
  return ending(new HttpLogRecordExporter({ url: `${http.url}/logs`, ...quick, ...options }));
}

const forTenants = (...tenants: string[]) =>
  tenants.map((tenant, index) =>
    createLogRecord({ body: `${tenant}${index}`, attributes: { tenant } }),
  );

const requestsOf = ({ http }: LocalServices): unknown[] =>
  http.accepted.map(({ body, headers }) => [
    headers['x-sumo-category'],
    String(body).trimEnd().split('\n'),
  ]);

it('BA-1 address, grouping, headers and chunks are options; the processor has the capacity', async () => {
  const services = await startServices();
  const exporter = exporterTo(services, {
    encoding: 'body',
    groupBy: ({ attributes }) => String(attributes['tenant']),
    headers: ({ key }) => ({ 'x-sumo-category': key }),
    maxRecordsPerRequest: 2,
    concurrencyLimit: 1,
  });
  const processor = new BatchLogRecordProcessor({
    exporter,
    maxExportBatchSize: 5,
    scheduledDelayMillis: 3_600_000,
  });
  const logger = providerOf(processor).getLogger('app');
  for (const { attributes, body } of forTenants('a', 'b', 'a', 'a', 'b')) {
    logger.emit({ body: String(body), attributes: { tenant: String(attributes['tenant']) } });
  }
  await expect.poll(() => services.http.accepted.length).toBe(3);
  expect(requestsOf(services).sort()).toEqual([
    ['a', ['a0', 'a2']],
    ['a', ['a3']],
    ['b', ['b1', 'b4']],
  ]);
});

describe('BA-2', () => {
  it.for([
    ['count', { maxExportBatchSize: 3, scheduledDelayMillis: 3_600_000 }],
    ['time', { maxExportBatchSize: 512, scheduledDelayMillis: 20 }],
  ] as const)('BA-2 what is logged goes by %s', async ([, settings]) => {
    const services = await startServices();
    const processor = new BatchLogRecordProcessor({ exporter: exporterTo(services), ...settings });
    const logger = providerOf(processor).getLogger('app');
    for (const body of ['a', 'b', 'c']) logger.emit({ body });
    await expect.poll(() => bodiesOf(services.http.decoded)).toEqual(['a', 'b', 'c']);
  });

  it('BA-2 and by bytes: a full request goes before the batch ends', async () => {
    const services = await startServices();
    const exporter = exporterTo(services, { encoding: 'body', maxRequestBytes: 1_000 });
    await delivered(
      exporter,
      Array.from({ length: 25 }, () => createLogRecord({ body: 'x'.repeat(99) })),
    );
    expect(services.http.requests.map(({ body }) => body.length)).toEqual([1_000, 1_000, 500]);
  });
});

it('BA-3 no request has records of two groups; groups go in the order of their first records', async () => {
  const services = await startServices();
  const exporter = exporterTo(services, {
    encoding: 'body',
    groupBy: ({ attributes }, { attributes: { 'service.name': service } }) =>
      `${String(service)}/${String(attributes['tenant'])}`,
    headers: ({ key }) => ({ 'x-sumo-category': key }),
    concurrencyLimit: 1,
  });
  await delivered(exporter, forTenants('b', 'a', 'b', 'c', 'a'));
  expect(requestsOf(services)).toEqual([
    ['local-service/b', ['b0', 'b2']],
    ['local-service/a', ['a1', 'a4']],
    ['local-service/c', ['c3']],
  ]);
});

it.for(['sync', 'async'])('BA-4 the %s headers function is asked for each group', async (kind) => {
  const services = await startServices();
  const headersOf = (key: string, count: number) => ({ 'x-sumo-category': `${key}:${count}` });
  const exporter = exporterTo(services, {
    encoding: 'body',
    groupBy: ({ attributes }) => String(attributes['tenant']),
    headers: ({ count, key }) =>
      kind === 'sync' ? headersOf(key, count) : Promise.resolve(headersOf(key, count)),
  });
  await delivered(exporter, forTenants('a', 'b', 'a'));
  expect(requestsOf(services).sort()).toEqual([
    ['a:2', ['a0', 'a2']],
    ['b:1', ['b1']],
  ]);
});

it.for([
  [{ maxRecordsPerRequest: 4 }, [4, 4, 2]],
  [{ maxRequestBytes: 256 }, [5, 5]],
] as const)('BA-5 with %o, ten records go in requests of %o', async ([options, counts]) => {
  const services = await startServices();
  const body = 'x'.repeat(49);
  const records = Array.from({ length: 10 }, () => createLogRecord({ body }));
  await delivered(exporterTo(services, { encoding: 'body', ...options }), records);
  const lineCounts = services.http.requests.map(
    (request) => String(request.body).split('\n').length - 1,
  );
  expect(lineCounts.toSorted((a, b) => b - a)).toEqual(counts);
});

it.for([
  ['json', 'application/x-ndjson'],
  ['body', 'text/plain; charset=utf-8'],
] as const)('BA-6 %s lines are %s, in UTF-8', async ([encoding, contentType]) => {
  const services = await startServices();
  await delivered(exporterTo(services, { encoding }), recordsOf('größe', 'b'));
  const [request] = services.http.requests;
  expect(request?.headers['content-type']).toBe(contentType);
  const lines = String(request?.body).trimEnd().split('\n');
  expect(encoding === 'body' ? lines : lines.map((line) => JSON.parse(line).body)).toEqual([
    'größe',
    'b',
  ]);
});

it('BA-7 grouping and headers see whatever context their functions close over', async () => {
  const services = await startServices();
  const settings = { region: 'eu', token: 'first' };
  const exporter = exporterTo(services, {
    encoding: 'body',
    groupBy: ({ attributes }) => `${settings.region}/${String(attributes['tenant'])}`,
    headers: ({ key }) => ({ 'x-sumo-category': `${key} ${settings.token}` }),
  });
  await delivered(exporter, forTenants('a'));
  settings.token = 'second';
  await delivered(exporter, forTenants('b'));
  expect(requestsOf(services)).toEqual([
    ['eu/a first', ['a0']],
    ['eu/b second', ['b0']],
  ]);
});

it('BA-8 export returns before anything is sent, and never calls back within the call', async () => {
  const services = await startServices();
  const exporter = exporterTo(services);
  let isCalledBack = false;
  exporter.export(numbered(3), () => {
    isCalledBack = true;
  });
  expect(isCalledBack).toBe(false);
  expect(services.http.requests).toEqual([]);
  await exporter.forceFlush();
  expect(isCalledBack).toBe(true);
  expect(bodiesOf(services.http.decoded)).toEqual(['0', '1', '2']);
});

it('BA-9 connections are kept for the next requests', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('ok'));
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const exporter = ending(new HttpLogRecordExporter({ url, ...quick, concurrencyLimit: 1 }));
  for (const record of numbered(20)) await delivered(exporter, [record]);
  expect(exporter.stats()).toMatchObject({ delivered: 20, requests: 20 });
  // An answer may still be read while the next request goes out.
  expect(connections).toBeLessThanOrEqual(2);
});

describe('BA-10 the answer decides', () => {
  it('BA-10 what can pass is sent again, not before Retry-After; what cannot is refused', async () => {
    const services = await startServices();
    services.http.respondWith({ status: 503, headers: { 'retry-after': '1' } });
    const exporter = exporterTo(services);
    await delivered(exporter, recordsOf('again'));
    const [first, second] = services.http.requests;
    const waitMillis = Number(second?.receivedAtMillis) - Number(first?.receivedAtMillis);
    expect(waitMillis).toBeGreaterThan(950);
    services.http.respondWith({ status: 403 });
    await delivered(exporter, recordsOf('refused'));
    expect(bodiesOf(services.http.decoded)).toEqual(['again']);
    expect(exporter.stats()).toMatchObject({ delivered: 1, retried: 1, dropped: { rejected: 1 } });
  });

  it('BA-10 of a part that was taken only the rest is sent again', async () => {
    const services = await startServices();
    services.http.respondWith({ body: '{"failed":[1]}' });
    const exporter = exporterTo(services, {
      encoding: 'body',
      partialAcceptance: ({ body }) =>
        body.startsWith('{') ? { retryIndexes: JSON.parse(body).failed } : 'accepted',
    });
    await delivered(exporter, numbered(3));
    expect(services.http.lines).toEqual(['0', '1', '2', '1']);
    expect(exporter.stats()).toMatchObject({ delivered: 3, retried: 1 });
  });
});

it('BA-11 records are held until their fate is decided: an outage loses none', async () => {
  const services = await startServices();
  await services.pause();
  const exporter = exporterTo(services);
  await exportRecords(exporter, numbered(30));
  await expect.poll(() => exporter.stats().retried).toBeGreaterThan(30);
  expect(exporter.stats()).toMatchObject({ delivered: 0, inFlight: 30, dropped: {} });
  await services.resume();
  await exporter.forceFlush();
  expect(bodiesOf(services.http.decoded)).toEqual(numbered(30).map(({ body }) => body));
});

it('BA-12 export never throws, whatever it is given and whoever throws', async () => {
  toldLines();
  const services = await startServices();
  const fail = (): never => {
    throw new Error('mine');
  };
  const exporter = exporterTo(services, {
    groupBy: fail,
    onDrop: fail,
    headers: { 'x-tenant': fail },
  });
  const broken = Object.defineProperty(createLogRecord(), 'body', { get: fail });
  const unreadable = Object.defineProperty(createLogRecord(), 'resource', { get: fail });
  expect(() => exporter.export([broken, unreadable, createLogRecord()], fail)).not.toThrow();
  expect(() => exporter.export(JSON.parse('[null, 7]'), fail)).not.toThrow();
  expect(() => exporter.export(JSON.parse('null'), fail)).not.toThrow();
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ exported: 5, inFlight: 0 });
  expect(exporter.stats().delivered).toBeGreaterThanOrEqual(1);
  await exporter.shutdown();
  expect(() => exporter.export(numbered(1), fail)).not.toThrow();
});

it("BA-13 periodic flushes and retries follow the test's clock", async () => {
  const services = await startServices();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  services.http.respondWith({ status: 503, headers: { 'retry-after': '3600' } });
  const exporter = exporterTo(services, { timeoutMillis: 10_000_000 });
  const processor = new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 60_000 });
  const logger = providerOf(processor).getLogger('app');
  // After those of exporter and provider, as it has to run before them.
  onTestFinished(() => {
    vi.useRealTimers();
  });
  logger.emit({ body: 'in an hour' });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(exporter.stats().exported).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect.poll(() => exporter.stats().retried).toBe(1);
  expect(services.http.requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  await expect.poll(() => exporter.stats().delivered).toBe(1);
  expect(bodiesOf(services.http.decoded)).toEqual(['in an hour']);
});
