import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, type LocalServices, startLocalServices } from 'collectorless/testing';
import { ZeroMqLogReceiver, ZeroMqLogRecordExporter } from 'collectorless/zeromq';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DestinationLogRecordExporter } from '../../src/index.ts';
import { droppedCountOf } from '../support/accounts.ts';
import { exportRecords } from '../support/export-records.ts';
import { tempFolder } from '../support/temp-folder.ts';

const common = {
  // Also what comes after the outage has to arrive within it, with a log group to be made, on a busy machine.
  timeoutMillis: 1000,
  retry: { initialBackoffMillis: 10, maxBackoffMillis: 20 },
} as const;
type Create = (services: LocalServices, options: object) => DestinationLogRecordExporter;

const exporters: Readonly<
  Record<string, readonly [Create, (services: LocalServices) => unknown[]]>
> = {
  'firehose, in lines': [
    ({ clientConfig }, options) =>
      new FirehoseLogRecordExporter({
        deliveryStreamName: 'logs',
        clientConfig,
        aggregation: 'lines',
        ...options,
      }),
    ({ firehose }) => firehose.decoded,
  ],
  'cloudwatch-logs': [
    ({ clientConfig }, options) =>
      new CloudWatchLogRecordExporter({
        clientConfig,
        logGroupName: '/shop/{attributes.tenant}',
        ...options,
      }),
    ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
  ],
  'sqs, to a FIFO queue': [
    ({ clientConfig, sqs }, options) =>
      new SqsLogRecordExporter({ queueUrl: sqs.queueUrl('logs.fifo'), clientConfig, ...options }),
    ({ sqs }) => sqs.decoded,
  ],
  'http, in groups with headers of their own': [
    ({ http }, options) =>
      new HttpLogRecordExporter({
        url: `${http.url}/{attributes.tenant}`,
        groupBy: ({ attributes }) => String(attributes['tenant']),
        headers: ({ key }) => ({ 'x-key': key }),
        framing: 'array',
        ...options,
      }),
    ({ http }) => http.decoded,
  ],
};

const records = (count: number): ReadableLogRecord[] =>
  Array.from({ length: count }, () => createLogRecord({ attributes: { tenant: 'blue' } }));
const isSummary = (document: unknown): boolean =>
  JSON.stringify(document).includes('"event_name":"collectorless.dropped"');

async function withServices(body: (services: LocalServices) => Promise<void>): Promise<void> {
  await using services = await startLocalServices({ sqs: { queues: { 'logs.fifo': {} } } });
  await body(services);
  expect(services.violations).toEqual([]);
}

describe.each(Object.entries(exporters))('after an outage of %s', (_, [create, arrivals]) => {
  it('the destination is told of what it did not get', async () => {
    await withServices(async (services) => {
      const exporter = create(services, common);
      await services.pause();
      exporter.export(records(7), () => {});
      await expect.poll(() => exporter.stats().inFlight).toBe(0);
      await services.resume();
      exporter.export(records(1), () => {});
      await exporter.forceFlush();
      expect(droppedCountOf(exporter.stats())).toBe(7);
      expect(arrivals(services)).toHaveLength(2);
      expect(arrivals(services).filter(isSummary)).toMatchObject([{ attributes: { count: 7 } }]);
      await exporter.shutdown();
      expect(exporter.stats()).toMatchObject({ exported: 8, delivered: 1, bufferedBytes: 0 });
    });
  });

  it('it is told of what the disk had no room for', async () => {
    await withServices(async (services) => {
      const directory = tempFolder();
      const exporter = create(services, { ...common, spool: { directory, maxBytes: 20_000 } });
      await services.pause();
      for (let round = 0; round < 20; round += 1) await exportRecords(exporter, records(10));
      await expect.poll(() => exporter.stats().dropped['spool_full'] ?? 0).toBeGreaterThan(0);
      await services.resume();
      await expect.poll(() => exporter.stats().spooled).toBe(0);
      await exporter.forceFlush();
      const { delivered, dropped, inFlight } = exporter.stats();
      expect(delivered + (dropped['spool_full'] ?? 0) + inFlight).toBe(200);
      await expect.poll(() => arrivals(services).filter(isSummary).length).toBeGreaterThan(0);
      await exporter.shutdown();
      const told = arrivals(services)
        .filter(isSummary)
        .map((document) => (document as { attributes: { count: number } }).attributes.count)
        .reduce((sum, count) => sum + count, 0);
      expect(told).toBe(dropped['spool_full']);
      expect(exporter.stats()).toMatchObject({ exported: 200, inFlight: 0, bufferedBytes: 0 });
    });
  });
});

it('a ZeroMQ receiver that comes late is told, in MessagePack', async () => {
  const events: unknown[] = [];
  const first = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:0' });
  await first.start();
  const endpoint = first.endpoint ?? '';
  await first.close();
  const exporter = new ZeroMqLogRecordExporter({ endpoint, encoding: 'msgpack', ...common });
  exporter.export(records(5), () => {});
  await expect.poll(() => exporter.stats().dropped).not.toEqual({});
  const receiver = new ZeroMqLogReceiver({
    endpoint,
    handlers: [{ match: () => true, handle: ({ record }) => void events.push(record.eventName) }],
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  await expect
    .poll(async () => {
      exporter.export(records(1), () => {});
      await exporter.forceFlush();
      return exporter.stats().delivered;
    })
    .toBeGreaterThan(0);
  await expect.poll(() => events).toContain('collectorless.dropped');
  await exporter.shutdown();
  expect(exporter.stats().bufferedBytes).toBe(0);
});
