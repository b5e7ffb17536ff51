// What `firefighter`, the Python handler for Amazon Data Firehose, did: rows FF-1 to FF-17 of docs/requirements.md.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { BatchLogRecordProcessor, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  DestinationLogRecordExporter,
  type Drop,
  InvalidOptionError,
  type LogRecordEncoder,
  type LogRecordExporterOptions,
} from 'collectorless';
import {
  FirehoseLogRecordExporter,
  type FirehoseLogRecordExporterOptions,
  type FirehoseOptions,
} from 'collectorless/firehose';
import { createLogRecord, type LocalServices } from 'collectorless/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { toldLines } from '../support/told-lines.ts';
import {
  bodiesOf,
  delivered,
  ending,
  exported,
  numbered,
  providerOf,
  quick,
  recordsOf,
  setEnvironment,
  startServices,
  watchCalls,
} from './support/requirement-run.ts';

function exporterTo(
  { clientConfig }: LocalServices,
  options: Partial<FirehoseOptions> & LogRecordExporterOptions = {},
): FirehoseLogRecordExporter {
  return ending(
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig,
      ...quick,
      ...options,
    }),
  );
}

const sizesOf = ({ requests }: LocalServices): number[] => requests.map(({ entries }) => entries);

it('FF-1 one delivery stream, or several by a template', async () => {
  const services = await startServices();
  await delivered(exporterTo(services), recordsOf('fixed'));
  await delivered(
    exporterTo(services, { deliveryStreamName: 'logs-{attributes.tenant}' }),
    ['a', 'b', 'a'].map((tenant) => createLogRecord({ body: tenant, attributes: { tenant } })),
  );
  const arrived = services.firehose.records.map(({ data, deliveryStreamName }) => [
    deliveryStreamName,
    JSON.parse(String(data)).body,
  ]);
  expect(arrived.sort()).toEqual([
    ['logs', 'fixed'],
    ['logs-a', 'a'],
    ['logs-a', 'a'],
    ['logs-b', 'b'],
  ]);
});

it('FF-2 a client of the application, else profile or credentials, else what the SDK finds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'collectorless-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const keys = ['CLIENT', 'PROFILE', 'KEYS', 'CHAIN'].map((name) => ({
    accessKeyId: `AKIA${name}`,
    secretAccessKey: `secret-${name}`,
  }));
  const [ofClient, ofProfile, ofKeys, ofChain] = keys;
  const services = await startServices({ acceptedCredentials: keys });
  const calls = watchCalls(services);
  const profile = `[shipping]\naws_access_key_id = ${ofProfile?.accessKeyId}\naws_secret_access_key = ${ofProfile?.secretAccessKey}\n`;
  await writeFile(join(folder, 'credentials'), profile);
  setEnvironment({
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
  });
  const { endpoint, region } = services.clientConfig;
  const client = new FirehoseClient({
    endpoint,
    region,
    maxAttempts: 1,
    ...(ofClient && { credentials: ofClient }),
  });
  onTestFinished(() => client.destroy());
  const ship = async (reach: Pick<FirehoseLogRecordExporterOptions, 'client' | 'clientConfig'>) => {
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      ...quick,
      ...(reach.client ? { client: reach.client } : { clientConfig: reach.clientConfig ?? {} }),
    });
    await delivered(ending(exporter), recordsOf('x'));
  };
  await ship({ client });
  await ship({ clientConfig: { endpoint, region, profile: 'shipping' } });
  await ship({ clientConfig: { endpoint, region, ...(ofKeys && { credentials: ofKeys }) } });
  setEnvironment({
    AWS_ACCESS_KEY_ID: String(ofChain?.accessKeyId),
    AWS_SECRET_ACCESS_KEY: String(ofChain?.secretAccessKey),
  });
  await ship({ clientConfig: { endpoint, region } });
  expect(calls.map(({ accessKeyId }) => accessKeyId)).toEqual([
    'AKIACLIENT',
    'AKIAPROFILE',
    'AKIAKEYS',
    'AKIACHAIN',
  ]);
  expect(services.firehose.recordCount).toBe(4);
});

it('FF-3 batches with the batch processor, one record a request with the simple one', async () => {
  const services = await startServices();
  const exporter = exporterTo(services);
  const batched = providerOf(
    new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 20 }),
  ).getLogger('test');
  const simple = providerOf(new SimpleLogRecordProcessor({ exporter })).getLogger('test');
  for (const body of ['a', 'b', 'c']) batched.emit({ body });
  await expect.poll(() => services.firehose.recordCount).toBe(3);
  expect(sizesOf(services)).toEqual([3]);
  for (const body of ['d', 'e']) {
    simple.emit({ body });
    await exporter.forceFlush();
  }
  expect(sizesOf(services)).toEqual([3, 1, 1]);
});

it('FF-4 a batch goes when the delay of the processor has passed, without any flush', async () => {
  const services = await startServices();
  const exporter = exporterTo(services);
  const processor = new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 30 });
  const emittedAt = Date.now();
  const logger = providerOf(processor).getLogger('test');
  logger.emit({ body: 'first' });
  logger.emit({ body: 'second' });
  await expect.poll(() => bodiesOf(services.firehose.decoded)).toEqual(['first', 'second']);
  expect(services.firehose.records[0]?.arrivedAtMillis).toBeGreaterThanOrEqual(emittedAt + 29);
  expect(services.requests).toHaveLength(1);
});

it.for([
  [{}, [500, 500, 200]],
  [{ maxRecordsPerRequest: 300 }, [300, 300, 300, 300]],
] as const)('FF-5 with %o, 1,200 records go in requests of %o', async ([options, sizes]) => {
  const services = await startServices();
  await delivered(exporterTo(services, options), numbered(1_200));
  expect(sizesOf(services).toSorted((a, b) => b - a)).toEqual(sizes);
  expect(services.violations).toEqual([]);
});

it.for([
  [{}, 4_000_000, 3],
  [{ maxRequestBytes: 2_000_000 }, 2_000_000, 5],
] as const)('FF-6 with %o, requests hold at most %i bytes', async ([options, maxBytes, count]) => {
  const services = await startServices();
  const body = 'x'.repeat(99_000);
  await delivered(
    exporterTo(services, options),
    Array.from({ length: 100 }, () => createLogRecord({ body })),
  );
  const recordBytes = services.firehose.byteCount / 100;
  const fullest = Math.max(...sizesOf(services)) * recordBytes;
  expect(fullest).toBeLessThanOrEqual(maxBytes);
  expect(fullest).toBeGreaterThan(maxBytes - 2 * recordBytes);
  expect(services.requests).toHaveLength(count);
  expect(services.violations).toEqual([]);
});

it('FF-7 a record over 1,000 KB is cut, split or dropped as `oversize` says, and counted', async () => {
  const body = 'é'.repeat(1_000_000);
  const after = createLogRecord({ body: 'after' });
  const sizes: Record<string, readonly [number, number]> = {};
  const drops: Drop[] = [];
  for (const oversize of ['truncate', 'split', 'drop'] as const) {
    const services = await startServices();
    const exporter = exporterTo(services, { oversize, onDrop: (drop) => drops.push(drop) });
    await delivered(exporter, [createLogRecord({ body }), after]);
    const { records } = services.firehose;
    sizes[oversize] = [records.length, Math.max(...records.map(({ data }) => data.length))];
    expect(bodiesOf(services.firehose.decoded)).toContain('after');
    expect(services.violations).toEqual([]);
    expect(exporter.stats().dropped).toEqual(oversize === 'drop' ? { too_large: 1 } : {});
  }
  expect(sizes['truncate']?.[0]).toBe(2);
  expect(sizes['truncate']?.[1]).toBeGreaterThan(1_023_000);
  expect(sizes['truncate']?.[1]).toBeLessThanOrEqual(1_024_000);
  expect(sizes['split']?.[0]).toBeGreaterThanOrEqual(3);
  expect(sizes['drop']?.[0]).toBe(1);
  expect(sizes['split']?.[1]).toBeLessThanOrEqual(1_024_000);
  expect(drops).toMatchObject([{ reason: 'too_large', count: 1, target: 'logs' }]);
});

it('FF-8 the three limits are options, which cannot go past those of the service', async () => {
  const services = await startServices();
  const limits = { maxRecordBytes: 2_048, maxRecordsPerRequest: 3, maxRequestBytes: 5_000 };
  const records = [
    ...numbered(7),
    ...recordsOf('x'.repeat(3_000), 'y'.repeat(3_000), 'z'.repeat(3_000)),
  ];
  await delivered(exporterTo(services, limits), records);
  expect(Math.max(...sizesOf(services))).toBe(3);
  expect(
    services.firehose.records.map(({ data }) => data.length).toSorted((a, b) => b - a)[0],
  ).toBe(2_048);
  // Three small ones, three, one with one of 2,048 bytes, and no three of 2,048 within 5,000.
  expect(services.requests.length).toBe(4);
  const { clientConfig } = services;
  for (const wrong of [
    { maxRecordBytes: 1_024_001 },
    { maxRecordsPerRequest: 501 },
    { maxRequestBytes: 4_194_305 },
  ]) {
    const create = () =>
      new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig, ...wrong });
    expect(create).toThrow(InvalidOptionError);
  }
});

it.for([
  [undefined, 'naïve\n'],
  ['', 'naïve'],
  ['\r\n', 'naïve\r\n'],
] as const)(
  'FF-9 the bytes are the text in UTF-8, encoded once; delimiter %j',
  async ([delimiter, data]) => {
    const services = await startServices();
    const options = delimiter === undefined ? {} : { delimiter };
    await delivered(exporterTo(services, { encoding: 'body', ...options }), recordsOf('naïve'));
    expect(services.firehose.records.map((record) => String(record.data))).toEqual([data]);
  },
);

it('FF-10 a body of any type arrives as what it is', async () => {
  const services = await startServices();
  const bodies = ['text', 7, true, ['a', 1], { user: { name: 'ann' }, tags: [1, null] }];
  await delivered(
    exporterTo(services),
    [...bodies, new Uint8Array([1, 2])].map((body) => createLogRecord({ body })),
  );
  expect(bodiesOf(services.firehose.decoded)).toEqual([...bodies, 'AQI=']);
});

it('FF-11 forceFlush waits for what was exported, but never longer than its limit', async () => {
  const services = await startServices({ latencyMillis: 20 });
  const exporter = exporterTo(services, { flushTimeoutMillis: 2_000 });
  await exported(exporter, numbered(50));
  await exporter.forceFlush();
  expect(services.firehose.recordCount).toBe(50);
  services.setFaults([{ kind: 'hang' }]);
  const impatient = exporterTo(services, { flushTimeoutMillis: 50, shutdownTimeoutMillis: 50 });
  await exported(impatient, numbered(3));
  await impatient.forceFlush();
  expect(impatient.stats()).toMatchObject({ delivered: 0, inFlight: 3, dropped: {} });
});

it('FF-12 shutdown delivers, ends in time, can be repeated; later exports fail at once', async () => {
  const services = await startServices();
  const exporter = exporterTo(services);
  await exported(exporter, numbered(5));
  await Promise.all([exporter.shutdown(), exporter.shutdown()]);
  await exporter.shutdown();
  expect(services.firehose.recordCount).toBe(5);
  expect(await exported(exporter, numbered(2))).toMatchObject({
    code: 1,
    error: { code: 'shut_down' },
  });
  expect(exporter.stats()).toMatchObject({ delivered: 5, dropped: { shut_down: 2 } });
  services.setFaults([{ kind: 'hang' }]);
  const hanging = exporterTo(services, { shutdownTimeoutMillis: 50 });
  await exported(hanging, numbered(4));
  await hanging.shutdown();
  expect(hanging.stats()).toMatchObject({ inFlight: 0, dropped: { shut_down: 4 } });
});

it('FF-13 retries wait longer and longer, at random below a ceiling', async () => {
  const services = await startServices({ faults: [{ kind: 'throttle', times: 3 }] });
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
  onTestFinished(() => random.mockRestore());
  const retry = { initialBackoffMillis: 80, maxBackoffMillis: 60_000 };
  await delivered(exporterTo(services, { retry }), recordsOf('late'));
  const times = services.requests.map(({ receivedAtMillis }) => receivedAtMillis);
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const [index, ceiling] of [80, 160, 320].entries()) {
    // The clocks of the timer and of the service round differently.
    expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2 - 3);
  }
  // Chance says no wait: a ceiling of a minute is not waited for.
  random.mockReturnValue(0);
  services.setFaults([{ kind: 'internal-error', times: 3 }]);
  const rare = { initialBackoffMillis: 60_000, maxBackoffMillis: 60_000 };
  await delivered(exporterTo(services, { retry: rare, timeoutMillis: 600_000 }), recordsOf('soon'));
  expect(bodiesOf(services.firehose.decoded)).toEqual(['late', 'soon']);
});

it('FF-13 only errors that can pass are tried again', async () => {
  const services = await startServices();
  services.setFaults([{ kind: 'error', name: 'AccessDeniedException' }]);
  const exporter = exporterTo(services);
  await delivered(exporter, recordsOf('refused'));
  expect(services.requests).toHaveLength(1);
  expect(exporter.stats()).toMatchObject({ retried: 0, dropped: { rejected: 1 } });
});

it('FF-14 of a request that failed in part only the failed records are sent again', async () => {
  const services = await startServices();
  services.setFaults([{ kind: 'partial-failure', entries: [1, 3], times: 1 }]);
  const exporter = exporterTo(services);
  await delivered(exporter, numbered(5));
  expect(sizesOf(services)).toEqual([5, 2]);
  expect(bodiesOf(services.firehose.decoded)).toEqual(['0', '2', '4', '1', '3']);
  expect(exporter.stats()).toMatchObject({ delivered: 5, retried: 2, dropped: {} });
});

it('FF-15 a loss is told by an error class of its own, onDrop, diag and a metric', async () => {
  const services = await startServices({ firehose: { deliveryStreams: [] } });
  const lines = toldLines();
  const drops: Drop[] = [];
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metrics,
    exportIntervalMillis: 3_600_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => meterProvider.shutdown());
  const exporter = exporterTo(services, {
    acknowledge: 'delivered',
    onDrop: (drop) => drops.push(drop),
    selfObsMeterProvider: meterProvider,
  });
  const { error } = await delivered(exporter, numbered(2));
  expect(error).toMatchObject({
    name: 'LogExportError',
    code: 'rejected',
    counts: { rejected: 2 },
  });
  expect(drops).toMatchObject([
    { reason: 'rejected', count: 2, target: 'logs', error: { code: 'ResourceNotFoundException' } },
  ]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/firehose.*ResourceNotFoundException/u);
  await meterProvider.forceFlush();
  const points = metrics
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .filter(({ descriptor }) => descriptor.name === 'otel.sdk.exporter.log.exported')
    .map(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
  expect(points).toMatchObject([[{ value: 2, attributes: { 'error.type': 'rejected' } }]]);
});

it('FF-16 memory is bounded in bytes while the service hangs, and what is too much is counted', async () => {
  const services = await startServices({ faults: [{ kind: 'hang' }] });
  const exporter = exporterTo(services, { maxBufferedBytes: 1_000_000, shutdownTimeoutMillis: 50 });
  const body = 'x'.repeat(1_000);
  const records = Array.from({ length: 2_000 }, () => createLogRecord({ body }));
  exporter.export(records, () => {});
  await expect.poll(() => exporter.stats().bufferedBytes).toBeGreaterThanOrEqual(1_000_000);
  expect(await exported(exporter, numbered(7))).toMatchObject({ error: { code: 'buffer_full' } });
  expect(exporter.stats().bufferedBytes).toBeLessThan(1_100_000);
  expect(exporter.stats().dropped).toEqual({ buffer_full: 7 });
});

it('FF-17 encoder and sender can be your own', async () => {
  const services = await startServices();
  const encoding: LogRecordEncoder = {
    name: 'shout',
    contentType: 'text/plain',
    isText: true,
    encode: ({ body }) => String(body).toUpperCase(),
  };
  await delivered(exporterTo(services, { encoding }), recordsOf('quiet'));
  expect(services.firehose.lines).toEqual(['QUIET']);
  const sent: string[] = [];
  const own = new DestinationLogRecordExporter({
    encoding,
    destination: {
      name: 'array',
      send: async ({ entries }) => {
        sent.push(...entries.map(({ bytes }) => String(bytes)));
      },
    },
  });
  await delivered(ending(own), recordsOf('to me'));
  expect(sent).toEqual(['TO ME']);
});
