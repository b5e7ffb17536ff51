// Which events `logkiss`, a Python logger for CloudWatch Logs, sent and how: rows LK-5 to LK-16 of docs/requirements.md.
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { LogRecordEncoder } from 'collectorless';
import type { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { createLogRecord } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import {
  bodiesOf,
  delivered,
  numbered,
  providerOf,
  recordsOf,
  startServices,
  watchCalls,
} from './support/requirement-run.ts';
import { atMillis, exporterTo, putSizes } from './support/to-cloudwatch-logs.ts';

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
