// What `logkiss`, a Python logger for CloudWatch Logs, did: rows LK-1 to LK-22 of docs/requirements.md.
import { hostname } from 'node:os';
import { BatchLogRecordProcessor, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  DestinationLogRecordExporter,
  type LogRecordEncoder,
  type LogRecordExporterOptions,
} from 'collectorless';
import {
  CloudWatchLogRecordExporter,
  type CloudWatchLogsOptions,
} from 'collectorless/cloudwatch-logs';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, createResource, type LocalServices } from 'collectorless/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
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
  options: CloudWatchLogsOptions & LogRecordExporterOptions = {},
): CloudWatchLogRecordExporter {
  return ending(
    new CloudWatchLogRecordExporter({
      logGroupName: 'app',
      logStreamName: 'web',
      clientConfig,
      ...quick,
      ...options,
    }),
  );
}

/** Where events went, as `group stream`. */
const placesOf = ({ cloudWatchLogs }: LocalServices): string[] =>
  cloudWatchLogs.events.map(
    ({ logGroupName, logStreamName }) => `${logGroupName} ${logStreamName}`,
  );

const callsOf = ({ requests }: LocalServices, operation: string): number =>
  requests.filter((request) => request.operation === operation).length;

const putSizes = ({ requests }: LocalServices): number[] =>
  requests
    .filter(({ error, operation }) => operation === 'PutLogEvents' && error === undefined)
    .map(({ entries }) => entries);

const atMillis = (unixMillis: number, body: string): ReadableLogRecord =>
  createLogRecord({
    body,
    hrTime: [Math.floor(unixMillis / 1_000), (unixMillis % 1_000) * 1_000_000],
  });

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

it('LK-5 no sequence token is asked for or sent', async () => {
  const services = await startServices();
  const calls = watchCalls(services);
  const exporter = exporterTo(services);
  await delivered(exporter, recordsOf('first'));
  await delivered(exporter, recordsOf('second'));
  expect(bodiesOf(services.cloudWatchLogs.decoded)).toEqual(['first', 'second']);
  const operations = new Set(services.requests.map(({ operation }) => operation));
  expect(operations).toEqual(new Set(['PutLogEvents', 'CreateLogGroup', 'CreateLogStream']));
  expect(JSON.stringify(calls.map(({ input }) => input))).not.toMatch(/sequenceToken/u);
});

it('LK-6 the time of an event is that of its record, in milliseconds', async () => {
  const services = await startServices();
  const seconds = Math.floor(Date.now() / 1_000) - 60;
  await delivered(exporterTo(services), [createLogRecord({ hrTime: [seconds, 123_999_999] })]);
  expect(services.cloudWatchLogs.events[0]?.timestamp).toBe(seconds * 1_000 + 123);
});

it('LK-7 events are sent in the order of their times, and as they came where times are equal', async () => {
  const services = await startServices();
  const now = Date.now();
  await delivered(exporterTo(services), [
    atMillis(now, 'last'),
    atMillis(now - 5, 'middle, first'),
    atMillis(now - 9, 'first'),
    atMillis(now - 5, 'middle, second'),
  ]);
  expect(bodiesOf(services.cloudWatchLogs.decoded)).toEqual([
    ...['first', 'middle, first', 'middle, second', 'last'],
  ]);
  expect(services.violations).toEqual([]);
});

it('LK-8 a stack trace is a field of the JSON, in one event', async () => {
  const services = await startServices();
  const attributes = { 'exception.stacktrace': 'Error: no\n    at a.js:1\n    at b.js:2' };
  await delivered(exporterTo(services), [createLogRecord({ body: 'failed', attributes })]);
  expect(services.cloudWatchLogs.messages).toHaveLength(1);
  expect(services.cloudWatchLogs.decoded).toMatchObject([{ body: 'failed', attributes }]);
});

it.for([
  ['count', { maxExportBatchSize: 3, scheduledDelayMillis: 3_600_000 }],
  ['time', { maxExportBatchSize: 512, scheduledDelayMillis: 20 }],
] as const)('LK-9 the processor flushes by %s', async ([, settings]) => {
  const services = await startServices();
  const processor = new BatchLogRecordProcessor({ exporter: exporterTo(services), ...settings });
  const logger = providerOf(processor).getLogger('app');
  for (const body of ['a', 'b', 'c']) logger.emit({ body });
  await expect.poll(() => bodiesOf(services.cloudWatchLogs.decoded)).toEqual(['a', 'b', 'c']);
});

it('LK-10 a failed batch is sent again in its order, until its time is over; then it is counted', async () => {
  const services = await startServices({ cloudWatchLogs: { groups: { app: ['web'] } } });
  services.setFaults([{ kind: 'service-unavailable', times: 3 }]);
  const exporter = exporterTo(services);
  await delivered(exporter, numbered(20));
  expect(bodiesOf(services.cloudWatchLogs.decoded)).toEqual(numbered(20).map(({ body }) => body));
  expect(exporter.stats()).toMatchObject({ delivered: 20, retried: 60 });
  services.setFaults([{ kind: 'service-unavailable' }]);
  const impatient = exporterTo(services, { timeoutMillis: 300 });
  await delivered(impatient, numbered(4));
  const { bufferedBytes, dropped } = impatient.stats();
  // Its time can end in a wait, as `retry_exhausted`, or in an attempt, as `timeout`.
  expect({ bufferedBytes, dropped: Object.values(dropped) }).toEqual({
    bufferedBytes: 0,
    dropped: [4],
  });
});

it('LK-12 the end flushes first and stops then: what the processor still held is stored', async () => {
  const services = await startServices({ latencyMillis: 10 });
  const exporter = exporterTo(services, { shutdownTimeoutMillis: 10_000 });
  const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
  const logger = provider.getLogger('app');
  for (let index = 0; index < 1_500; index += 1) logger.emit({ body: index });
  await provider.shutdown();
  expect(bodiesOf(services.cloudWatchLogs.decoded)).toHaveLength(1_500);
});

it('LK-13 exporting from within an export, its callback, an encoder or onDrop locks nothing up', async () => {
  const services = await startServices();
  const again = (body: string): void => exporter.export(recordsOf(body), () => {});
  const encoding: LogRecordEncoder = {
    name: 'chatty',
    contentType: 'text/plain',
    isText: true,
    encode({ body }) {
      if (body === 'first') again('from the encoder');
      if (body === 'bad') throw new Error('bad');
      return String(body);
    },
  };
  const exporter: CloudWatchLogRecordExporter = exporterTo(services, {
    encoding,
    onDrop: () => again('from onDrop'),
  });
  exporter.export(recordsOf('first', 'bad'), () => {
    again('from the callback');
    void exporter.forceFlush();
  });
  await expect
    .poll(() => services.cloudWatchLogs.messages.toSorted())
    .toEqual([...['first', 'from onDrop', 'from the callback', 'from the encoder']]);
  await exporter.forceFlush();
});

describe('LK-14 a call has', () => {
  it('LK-14 at most 1,048,576 bytes, 26 for each event counted in', async () => {
    const services = await startServices();
    const records = Array.from({ length: 9_000 }, () => createLogRecord({ body: 'x'.repeat(100) }));
    await delivered(exporterTo(services, { encoding: 'body' }), records);
    expect(Math.max(...putSizes(services))).toBe(Math.floor(1_048_576 / 126));
    expect(services.violations).toEqual([]);
  });

  it('LK-14 at most 10,000 events', async () => {
    const services = await startServices();
    await delivered(exporterTo(services, { encoding: 'body' }), numbered(10_001));
    expect(putSizes(services).toSorted()).toEqual([1, 10_000]);
  });

  it('LK-14 events of less than 24 hours', async () => {
    const services = await startServices();
    const now = Date.now();
    const dayMillis = 24 * 60 * 60 * 1_000;
    await delivered(exporterTo(services), [
      ...[atMillis(now - dayMillis, 'yesterday'), atMillis(now - 1, 'now'), atMillis(now, 'now')],
    ]);
    expect(putSizes(services)).toHaveLength(2);
    expect(services.cloudWatchLogs.eventCount).toBe(3);
    expect(services.violations).toEqual([]);
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

it('LK-16 attributes stand beside the body, and a value that is no JSON costs no record', async () => {
  const services = await startServices();
  const cycle: Record<string, unknown> = { name: 'loop' };
  cycle['self'] = cycle;
  const hostile = Object.defineProperty({ big: 2n ** 70n, cycle }, 'broken', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  const record = createLogRecord({ body: 'hostile' });
  Object.assign(record.attributes, { order: { id: 7 } });
  Object.defineProperty(record.attributes, 'hostile', { enumerable: true, value: hostile });
  await delivered(exporterTo(services), [record, createLogRecord({ body: 'neighbour' })]);
  expect(services.cloudWatchLogs.decoded).toMatchObject([
    { body: 'hostile', attributes: { order: { id: 7 }, hostile: { big: String(2n ** 70n) } } },
    { body: 'neighbour' },
  ]);
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
  await exported(exporter, [
    createLogRecord({ body: 'fine' }),
    createLogRecord({ body: 'broken', severityNumber: 17 }),
  ]);
  await exporter.forceFlush();
  expect(written).toEqual(['\u001b[32mfine\u001b[0m\n', '\u001b[31mbroken\u001b[0m\n']);
});
