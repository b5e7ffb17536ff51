// What `camelot`, a Python GUI framework, did to ship logs by SQS: rows CA-1 to CA-17 of docs/requirements.md, without those of HTTP and of records.

import { SQSClient } from '@aws-sdk/client-sqs';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { Drop } from 'collectorless';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';
import { runChild } from '../destinations/zeromq/children/run-child.ts';
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
  watchCalls,
} from './support/requirement-run.ts';
import { exporterTo } from './support/to-sqs.ts';

it('CA-1 export answers at once when the service hangs, and leaves the app its turns', async () => {
  const services = await startServices({ faults: [{ kind: 'hang' }] });
  const exporter = exporterTo(services, { shutdownTimeoutMillis: 50 });
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const result = await exportRecords(exporter, numbered(30_000));
  isDone = true;
  expect(result.code).toBe(0);
  // In slices of about 2 ms, between which an app goes on with its own work.
  expect(turns).toBeGreaterThan(3);
  expect(exporter.stats()).toMatchObject({ delivered: 0, inFlight: 30_000 });
});

it('CA-2 the interval is an option of the processor, and no timer keeps the process alive', async () => {
  const services = await startServices();
  const exporter = exporterTo(services);
  const processor = new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 10 });
  providerOf(processor).getLogger('app').emit({ body: 'by interval' });
  await expect.poll(() => bodiesOf(services.sqs.decoded)).toEqual(['by interval']);
  services.setFaults([{ kind: 'hang' }]);
  const script = new URL('./support/log-and-end.ts', import.meta.url);
  const config = JSON.stringify(services.clientConfig);
  const child = await runChild(script, services.sqs.queueUrl('logs'), config);
  expect(child).toMatchObject({ code: 0, output: 'in flight: 1' });
});

it('CA-7 the queue by name or address; own keys, other settings of the client, or a client', async () => {
  const keys = { accessKeyId: 'AKIADESK', secretAccessKey: 'desk-secret' };
  const services = await startServices({ acceptedCredentials: [keys] });
  const calls = watchCalls(services);
  const { endpoint, region } = services.clientConfig;
  const clientConfig = { endpoint, region, credentials: keys, customUserAgent: 'desk/1' };
  const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const byName = new SqsLogRecordExporter({ queueName: 'by-name', clientConfig, ...quick });
  const queueUrl = services.sqs.queueUrl('by-address');
  const byAddress = new SqsLogRecordExporter({ queueUrl, client, ...quick });
  await delivered(ending(byName), recordsOf('x'));
  await delivered(ending(byAddress), recordsOf('y'));
  expect(services.sqs.messages.map(({ queueName }) => queueName)).toEqual([
    'by-name',
    'by-address',
  ]);
  expect(new Set(calls.map(({ accessKeyId }) => accessKeyId))).toEqual(
    new Set(['AKIADESK', services.clientConfig.credentials.accessKeyId]),
  );
});

it('CA-8 nothing is connected or looked up before the first record', async () => {
  const services = await startServices();
  await services.pause();
  const exporter = exporterTo(services);
  await exporter.forceFlush();
  await services.resume();
  expect(services.requests).toEqual([]);
  await delivered(exporter, recordsOf('first'));
  await delivered(exporter, recordsOf('second'));
  expect(services.requests.map(({ operation }) => operation)).toEqual([
    'GetQueueUrl',
    'SendMessageBatch',
    'SendMessageBatch',
  ]);
});

it('CA-9 a missing queue is told once and waited for; its return is told once', async () => {
  const services = await startServices({ sqs: { queues: {} } });
  const lines = toldLines();
  const exporter = exporterTo(services);
  await exportRecords(exporter, numbered(3));
  await expect.poll(() => services.requests.length).toBeGreaterThan(5);
  services.sqs.createQueue('logs');
  await exporter.forceFlush();
  expect(bodiesOf(services.sqs.decoded)).toEqual(['0', '1', '2']);
  // However many lookups failed: each line is there once.
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.length).toBeLessThanOrEqual(4);
  expect(lines[0]).toMatch(/does not exist/u);
  expect(lines.at(-1)).toMatch(/is there|answers again/u);
});

it('CA-10 what is beyond the memory is dropped, counted and reported', async () => {
  const services = await startServices({ faults: [{ kind: 'hang' }] });
  const lines = toldLines();
  const drops: Drop[] = [];
  const exporter = exporterTo(services, {
    maxBufferedBytes: 100_000,
    shutdownTimeoutMillis: 50,
    onDrop: (drop) => drops.push(drop),
  });
  exporter.export(numbered(1_000), () => {});
  await expect.poll(() => exporter.stats().bufferedBytes).toBeGreaterThanOrEqual(100_000);
  await exportRecords(exporter, numbered(5));
  expect(exporter.stats().dropped).toEqual({ buffer_full: 5 });
  expect(drops).toMatchObject([{ reason: 'buffer_full', count: 5 }]);
  expect(lines).toEqual([expect.stringMatching(/5 .*buffer_full/u)]);
});

it('CA-14 one message a record, or many records in a message', async () => {
  const services = await startServices();
  await delivered(exporterTo(services, { queueName: 'single' }), numbered(25));
  await delivered(
    exporterTo(services, { queueName: 'packed', aggregation: 'lines' }),
    numbered(25),
  );
  const linesIn = (queue: string): number[] =>
    services.sqs.messages
      .filter(({ queueName }) => queueName === queue)
      .map(({ body }) => body.trim().split('\n').length);
  expect(linesIn('single')).toEqual(Array.from({ length: 25 }, () => 1));
  expect(linesIn('packed')).toEqual([25]);
});

it('CA-15 records arrive in the order in which they were logged, retries or not', async () => {
  const services = await startServices({
    faults: [{ kind: 'internal-error', after: 2, times: 2 }],
  });
  const records = numbered(95);
  await delivered(exporterTo(services, { queueName: 'logs.fifo' }), records);
  expect(bodiesOf(services.sqs.decoded)).toEqual(records.map(({ body }) => body));
});

it('CA-16 there is a flush, an end that delivers, and another attempt', async () => {
  const services = await startServices({ faults: [{ kind: 'service-unavailable', times: 2 }] });
  const exporter = exporterTo(services);
  await exportRecords(exporter, recordsOf('flushed'));
  await exporter.forceFlush();
  expect(bodiesOf(services.sqs.decoded)).toEqual(['flushed']);
  expect(exporter.stats().dropped).toEqual({});
  await exportRecords(exporter, recordsOf('at the end'));
  await exporter.shutdown();
  expect(bodiesOf(services.sqs.decoded)).toEqual(['flushed', 'at the end']);
});

it('CA-17 the queue has its name from a template, made legal; settings are one plain object', async () => {
  const services = await startServices();
  const bundle = JSON.stringify({
    queueName: 'cloudlaunch-{attributes.author}-{service.name}-logging',
    clientConfig: services.clientConfig,
    staticFields: { revision: 7 },
    concurrencyLimit: 2,
  });
  const exporter = ending(new SqsLogRecordExporter(JSON.parse(bundle)));
  await delivered(exporter, [createLogRecord({ attributes: { author: 'Ann Lee' } })]);
  expect(services.sqs.messages.map(({ queueName }) => queueName)).toEqual([
    'cloudlaunch-Ann_Lee-local-service-logging',
  ]);
  expect(services.sqs.decoded).toMatchObject([{ revision: 7 }]);
});
