// What `camelot`, a Python GUI framework, did to ship logs by HTTP and SQS: rows CA-1 to CA-17 of docs/requirements.md.

import { SQSClient } from '@aws-sdk/client-sqs';
import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { BatchLogRecordProcessor, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  DestinationLogRecordExporter,
  type Drop,
  type LogRecordExporterOptions,
} from 'collectorless';
import { HttpLogRecordExporter, type HttpOptions } from 'collectorless/http';
import { SqsLogRecordExporter, type SqsOptions } from 'collectorless/sqs';
import { createLogRecord, createResource, type LocalServices } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';
import { runChild } from '../destinations/zeromq/children/run-child.ts';
import { AlsContextManager } from '../support/als-context-manager.ts';
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
  startServices,
  watchCalls,
} from './support/requirement-run.ts';

type Queue = { readonly queueName?: string | ((record: ReadableLogRecord) => string) };

function exporterTo(
  { clientConfig }: LocalServices,
  { queueName = 'logs', ...options }: SqsOptions & LogRecordExporterOptions & Queue = {},
): SqsLogRecordExporter {
  return ending(new SqsLogRecordExporter({ queueName, clientConfig, ...quick, ...options }));
}

function httpExporterTo(
  services: LocalServices,
  { url = `${services.http.url}/logs`, ...options }: Partial<HttpOptions>,
): HttpLogRecordExporter {
  return ending(new HttpLogRecordExporter({ url, ...quick, ...options }));
}

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
  const result = await exported(exporter, numbered(30_000));
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

it('CA-3 one record a request as a url-encoded form, in the query or in the body, or many in a body', async () => {
  const services = await startServices();
  const records = recordsOf('a&b=ä', 'second');
  await delivered(httpExporterTo(services, { method: 'GET', framing: 'form' }), records);
  await delivered(httpExporterTo(services, { method: 'POST', framing: 'form' }), records);
  await delivered(httpExporterTo(services, { method: 'POST' }), records);
  const [gets, forms, batch] = [
    services.http.requests.slice(0, 2),
    services.http.requests.slice(2, 4),
    services.http.requests.slice(4),
  ];
  expect(gets.map(({ query }) => query.get('body')).sort()).toEqual(['a&b=ä', 'second']);
  const bodies = forms.map(({ body }) => new URLSearchParams(String(body)).get('body'));
  expect(bodies.sort()).toEqual(['a&b=ä', 'second']);
  expect(forms[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(batch.map(({ body }) => String(body).trim().split('\n').length)).toEqual([2]);
  expect([...gets, ...forms, ...batch].map(({ method }) => method)).toEqual([
    ...['GET', 'GET', 'POST', 'POST', 'POST'],
  ]);
});

it('CA-4 the address names the user, by a template or a function, escaped', async () => {
  const services = await startServices();
  const record = createLogRecord({ attributes: { 'user.id': '../ann & co' } });
  const { url } = services.http;
  await delivered(httpExporterTo(services, { url: `${url}/{service.name}/{attributes.user.id}` }), [
    record,
  ]);
  await delivered(
    httpExporterTo(services, {
      url: ({ attributes }) => `${url}/u/${encodeURIComponent(String(attributes['user.id']))}`,
    }),
    [record],
  );
  expect(services.http.requests.map(({ path }) => path)).toEqual([
    '/local-service/..%2Fann%20%26%20co',
    '/u/..%2Fann%20%26%20co',
  ]);
});

it('CA-5 every record says which installation it is from', async () => {
  const services = await startServices();
  const resource = createResource({
    'service.name': 'desk',
    'service.instance.id': 'desk-17',
    'host.name': 'pc-17',
    'enduser.id': 'ann',
  });
  await delivered(exporterTo(services), [
    createLogRecord({ resource }),
    createLogRecord({ resource }),
  ]);
  const resources = services.sqs.decoded.map((record) => Object(record).resource);
  expect(resources).toEqual([resource.attributes, resource.attributes]);
});

it('CA-6 any function that sends bytes becomes an exporter with batches, retries and accounts', async () => {
  const arrived: string[] = [];
  let isDown = true;
  const exporter = ending(
    new DestinationLogRecordExporter({
      ...quick,
      destination: {
        name: 'pigeon',
        async send({ entries }) {
          if (isDown) {
            isDown = false;
            throw new Error('no pigeon');
          }
          arrived.push(...entries.map(({ bytes }) => JSON.parse(String(bytes)).body));
        },
      },
    }),
  );
  const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
  for (const body of ['a', 'b']) provider.getLogger('app').emit({ body });
  await provider.forceFlush();
  expect(arrived).toEqual(['a', 'b']);
  expect(exporter.stats()).toMatchObject({ delivered: 2, retried: 2, requests: 2 });
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
  await exported(exporter, numbered(3));
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
  await exported(exporter, numbered(5));
  expect(exporter.stats().dropped).toEqual({ buffer_full: 5 });
  expect(drops).toMatchObject([{ reason: 'buffer_full', count: 5 }]);
  expect(lines).toEqual([expect.stringMatching(/5 .*buffer_full/u)]);
});

it("CA-11 the client's own work is neither traced nor shipped, so that nothing loops", async () => {
  context.setGlobalContextManager(new AlsContextManager());
  onTestFinished(() => context.disable());
  const services = await startServices();
  const suppressed: boolean[] = [];
  const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  client.middlewareStack.add(
    (next) => (args) => {
      suppressed.push(isTracingSuppressed(context.active()));
      // A logger of the SDK, or of this package, that logs each request.
      for (const scope of ['@aws-sdk/client-sqs', '@smithy/core', 'collectorless']) {
        provider.getLogger(scope).emit({ body: 'sending' });
      }
      return next(args);
    },
    { step: 'initialize' },
  );
  const exporter = ending(new SqsLogRecordExporter({ queueName: 'logs', client, ...quick }));
  const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
  provider.getLogger('app').emit({ body: 'hello' });
  await provider.forceFlush();
  await provider.forceFlush();
  expect(bodiesOf(services.sqs.decoded)).toEqual(['hello']);
  expect(suppressed).toEqual([true, true]);
  expect(exporter.stats()).toMatchObject({ exported: 1, requests: 1 });
});

it('CA-12 a message is JSON with the fields of resource and record, and extra ones', async () => {
  const services = await startServices();
  const exporter = exporterTo(services, { staticFields: { user: 'ann', revision: 1234 } });
  await delivered(exporter, [createLogRecord({ body: 'hello', attributes: { uid: 'u-1' } })]);
  expect(services.sqs.decoded).toMatchObject([
    {
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/u),
      severity_number: 9,
      severity_text: 'INFO',
      body: 'hello',
      attributes: { uid: 'u-1' },
      resource: { 'service.name': 'local-service' },
      scope: { name: 'local-scope', version: '1.0.0' },
      user: 'ann',
      revision: 1234,
    },
  ]);
});

it('CA-13 an exception arrives as attributes, and the record is as it was for the next exporter', async () => {
  const services = await startServices();
  const attributes = {
    'exception.type': 'TypeError',
    'exception.message': 'no desk',
    'exception.stacktrace': 'TypeError: no desk\n    at app.js:1:1',
  };
  const record = createLogRecord({ body: 'failed', attributes });
  for (const part of [record, record.attributes, record.resource.attributes]) Object.freeze(part);
  const before = JSON.stringify(record);
  await delivered(exporterTo(services), [record]);
  expect(services.sqs.decoded).toMatchObject([{ body: 'failed', attributes }]);
  expect(JSON.stringify(record)).toBe(before);
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
  await exported(exporter, recordsOf('flushed'));
  await exporter.forceFlush();
  expect(bodiesOf(services.sqs.decoded)).toEqual(['flushed']);
  expect(exporter.stats().dropped).toEqual({});
  await exported(exporter, recordsOf('at the end'));
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
