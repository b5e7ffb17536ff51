// What `firefighter`, the Python handler for Amazon Data Firehose, did: rows FF-1 to FF-17 of docs/requirements.md, without those of records and failures.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { BatchLogRecordProcessor, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { DestinationLogRecordExporter, type LogRecordEncoder } from 'collectorless';
import {
  FirehoseLogRecordExporter,
  type FirehoseLogRecordExporterOptions,
} from 'collectorless/firehose';
import { createLogRecord } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';
import { exportRecords } from '../support/export-records.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  bodiesOf,
  delivered,
  ending,
  numbered,
  providerOf,
  quick,
  recordsOf,
  setEnvironment,
  startServices,
  watchCalls,
} from './support/requirement-run.ts';
import { exporterTo, sizesOf } from './support/to-firehose.ts';

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
  const folder = tempFolder();
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

it('FF-11 forceFlush waits for what was exported, but never longer than its limit', async () => {
  const services = await startServices({ latencyMillis: 20 });
  const exporter = exporterTo(services, { flushTimeoutMillis: 2_000 });
  await exportRecords(exporter, numbered(50));
  await exporter.forceFlush();
  expect(services.firehose.recordCount).toBe(50);
  services.setFaults([{ kind: 'hang' }]);
  const impatient = exporterTo(services, { flushTimeoutMillis: 50, shutdownTimeoutMillis: 50 });
  await exportRecords(impatient, numbered(3));
  await impatient.forceFlush();
  expect(impatient.stats()).toMatchObject({ delivered: 0, inFlight: 3, dropped: {} });
});

it('FF-12 shutdown delivers, ends in time, can be repeated; later exports fail at once', async () => {
  const services = await startServices();
  const exporter = exporterTo(services);
  await exportRecords(exporter, numbered(5));
  await Promise.all([exporter.shutdown(), exporter.shutdown()]);
  await exporter.shutdown();
  expect(services.firehose.recordCount).toBe(5);
  expect(await exportRecords(exporter, numbered(2))).toMatchObject({
    code: 1,
    error: { code: 'shut_down' },
  });
  expect(exporter.stats()).toMatchObject({ delivered: 5, dropped: { shut_down: 2 } });
  services.setFaults([{ kind: 'hang' }]);
  const hanging = exporterTo(services, { shutdownTimeoutMillis: 50 });
  await exportRecords(hanging, numbered(4));
  await hanging.shutdown();
  expect(hanging.stats()).toMatchObject({ inFlight: 0, dropped: { shut_down: 4 } });
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
