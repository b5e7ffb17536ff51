// What `logkiss`, a Python logger for CloudWatch Logs, did: rows LK-1 to LK-22 of docs/requirements.md, without those of its events.

import { hostname } from 'node:os';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { DestinationLogRecordExporter, type LogRecordEncoder } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, createResource } from 'collectorless/testing';
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
  setEnvironment,
  startServices,
  watchCalls,
} from './support/requirement-run.ts';
import { atMillis, callsOf, exporterTo, placesOf, putSizes } from './support/to-cloudwatch-logs.ts';

it('LK-1 group, stream, region, batch size and interval are options; the region can be in the environment', async () => {
  const services = await startServices({ region: 'eu-north-1' });
  setEnvironment({ AWS_REGION: 'eu-north-1' });
  const { credentials, endpoint } = services.clientConfig;
  for (const clientConfig of [
    { credentials, endpoint },
    { credentials, endpoint, region: 'eu-north-1' },
  ]) {
    const exporter = new CloudWatchLogRecordExporter({
      logGroupName: 'group',
      logStreamName: 'stream',
      clientConfig,
      ...quick,
    });
    const processor = new BatchLogRecordProcessor({
      exporter: ending(exporter),
      maxExportBatchSize: 100,
      scheduledDelayMillis: 20,
    });
    providerOf(processor).getLogger('app').emit({ body: 'hello' });
  }
  await expect.poll(() => placesOf(services)).toEqual(['group stream', 'group stream']);
});

it('LK-2 the stream is named after what the resource knows of its host, without asking anybody', async () => {
  const services = await startServices();
  const { clientConfig } = services;
  const byDefault = ending(
    new CloudWatchLogRecordExporter({ logGroupName: 'app', clientConfig, ...quick }),
  );
  const byTask = exporterTo(services, { logStreamName: '{aws.ecs.task.id}/{host.id}' });
  const records = [
    { 'aws.log.stream.names': ['from-detector'], 'service.instance.id': 'not-this' },
    { 'service.instance.id': 'instance-7', 'host.name': 'not-this' },
    { 'host.name': 'web-1', 'process.pid': 7 },
    {},
  ].map((attributes) => createLogRecord({ resource: createResource(attributes) }));
  await delivered(byDefault, records);
  const resource = createResource({ 'aws.ecs.task.id': 'task-1', 'host.id': 'i-0abc' });
  await delivered(byTask, [createLogRecord({ resource })]);
  const streams = services.cloudWatchLogs.events.map(({ logStreamName }) => logStreamName);
  expect(streams.toSorted()).toEqual(
    [
      'from-detector',
      'instance-7',
      'web-1/7',
      `${hostname()}/${process.pid}`,
      'task-1/i-0abc',
    ].toSorted(),
  );
});

it('LK-3 names take the time of the start or of the record', async () => {
  const services = await startServices();
  const pattern = '%Y-%m-%d-%H-%M-%S';
  await delivered(
    exporterTo(services, { logStreamName: `logkiss-{start:${pattern}}` }),
    recordsOf('at start'),
  );
  const now = new Date();
  await delivered(exporterTo(services, { logStreamName: '{date:%Y}/{date:%m}/{date:%d-%H}' }), [
    atMillis(now.getTime(), 'by the hour'),
  ]);
  const textOf = (unixMillis: number): string => new Date(unixMillis).toISOString().slice(0, 19);
  expect(placesOf(services)).toEqual([
    `app logkiss-${textOf(performance.timeOrigin).replaceAll(/[T:]/gu, '-')}`,
    `app ${textOf(now.getTime()).slice(0, 10).replaceAll('-', '/')}-${textOf(now.getTime()).slice(11, 13)}`,
  ]);
});

describe('LK-4 group and stream', () => {
  it('LK-4 are created when the service says that they are missing, and not before', async () => {
    const services = await startServices({ cloudWatchLogs: { groups: { app: ['web'] } } });
    await delivered(exporterTo(services), recordsOf('there'));
    expect(callsOf(services, 'CreateLogGroup') + callsOf(services, 'CreateLogStream')).toBe(0);
    const exporters = ['a', 'b', 'c'].map(() => exporterTo(services, { logGroupName: 'new' }));
    await Promise.all(exporters.map((exporter) => delivered(exporter, recordsOf('missing'))));
    expect(placesOf(services)).toEqual(['app web', 'new web', 'new web', 'new web']);
  });

  it('LK-4 are not created when that is switched off; the records are counted as lost', async () => {
    const services = await startServices();
    const exporter = exporterTo(services, {
      createLogGroup: false,
      createLogStream: false,
      timeoutMillis: 300,
    });
    await delivered(exporter, recordsOf('nowhere'));
    expect(services.cloudWatchLogs.groups.size).toBe(0);
    expect(exporter.stats()).toMatchObject({ delivered: 0, inFlight: 0, exported: 1 });
  });
});

it('LK-15 keys are options of the client; many events go in a call', async () => {
  const credentials = { accessKeyId: 'AKIAKISS', secretAccessKey: 'kiss-secret' };
  const services = await startServices({ acceptedCredentials: [credentials] });
  const calls = watchCalls(services);
  const { endpoint, region } = services.clientConfig;
  const clientConfig = { endpoint, region, credentials };
  const exporter = new CloudWatchLogRecordExporter({ logGroupName: 'app', clientConfig, ...quick });
  await delivered(ending(exporter), numbered(500));
  expect(new Set(calls.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['AKIAKISS']));
  expect(putSizes(services)).toEqual([500]);
});

it.for([
  'throttle',
  'internal-error',
  'service-unavailable',
  'reset-before-accept',
  'expired-credentials',
  'malformed-answer',
] as const)('LK-17 after %s the call is made again, more than once', async (kind) => {
  const services = await startServices({ cloudWatchLogs: { groups: { app: ['web'] } } });
  services.setFaults([{ kind, times: 3 }]);
  const exporter = exporterTo(services);
  await delivered(exporter, recordsOf('hello'));
  expect(exporter.stats()).toMatchObject({ delivered: 1, retried: 3, dropped: {} });
});

it('LK-19 a missing AWS client is told with what to install, and costs no crash', async () => {
  const services = await startServices();
  const lines = toldLines();
  vi.doMock('@aws-sdk/client-cloudwatch-logs', () => {
    throw new Error("Cannot find package '@aws-sdk/client-cloudwatch-logs'");
  });
  onTestFinished(() => {
    vi.doUnmock('@aws-sdk/client-cloudwatch-logs');
  });
  const exporter = exporterTo(services, { acknowledge: 'delivered' });
  const { error } = await delivered(exporter, recordsOf('x'));
  expect(error).toMatchObject({ code: 'rejected' });
  expect(lines).toEqual([expect.stringContaining('npm install @aws-sdk/client-cloudwatch-logs')]);
});

it('LK-20 scopes can be left out, and labels become texts', async () => {
  const services = await startServices();
  const { clientConfig } = services;
  const scoped = ['noisy/http', 'noisy', 'app'].map((name) =>
    createLogRecord({ body: name, instrumentationScope: { name }, attributes: { attempt: 3 } }),
  );
  await delivered(exporterTo(services, { excludeScopes: ['noisy', /^noisy\//u] }), scoped);
  expect(bodiesOf(services.cloudWatchLogs.decoded)).toEqual(['app']);
  const toQueue = new SqsLogRecordExporter({
    queueName: 'logs',
    clientConfig,
    messageAttributes: { attempt: '{attributes.attempt}', level: '{severity}' },
    excludeScopes: ['noisy*'],
    ...quick,
  });
  await delivered(ending(toQueue), scoped);
  const labels = services.sqs.messages.map(({ attributes }) =>
    Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]),
  );
  expect(labels).toEqual([
    [
      ['attempt', '3'],
      ['level', 'info'],
    ],
  ]);
});

it('LK-22 another sink is an encoder and a function: coloured lines for a console', async () => {
  const written: string[] = [];
  const coloured: LogRecordEncoder = {
    name: 'coloured',
    contentType: 'text/plain',
    isText: true,
    encode: ({ body, severityNumber = 0 }) =>
      `\u001b[${severityNumber >= 17 ? 31 : 32}m${String(body)}\u001b[0m`,
  };
  const exporter = ending(
    new DestinationLogRecordExporter({
      ...quick,
      encoding: coloured,
      destination: {
        name: 'screen',
        delimiter: '\n',
        send: async ({ entries }) => {
          written.push(...entries.map(({ bytes }) => String(bytes)));
        },
      },
    }),
  );
  await exportRecords(exporter, [
    createLogRecord({ body: 'fine' }),
    createLogRecord({ body: 'broken', severityNumber: 17 }),
  ]);
  await exporter.forceFlush();
  expect(written).toEqual(['\u001b[32mfine\u001b[0m\n', '\u001b[31mbroken\u001b[0m\n']);
});
