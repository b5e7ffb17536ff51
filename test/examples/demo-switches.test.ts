import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, startLocalServices } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';
import { Pull } from 'zeromq';
import { LineCounts } from '../../examples/play/line-counts.ts';
import { Switchboard } from '../../examples/play/switchboard.ts';

const records = Array.from({ length: 30 }, (_, index) => createLogRecord({ body: `${index}` }));

it('refuse for good drops every record, with the reason, at AWS, SQS and HTTP', async () => {
  await using services = await startLocalServices();
  const { clientConfig, http } = services;
  const switchboard = new Switchboard(services);
  const exporters = {
    firehose: new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig }),
    sqs: new SqsLogRecordExporter({ queueName: 'logs', clientConfig }),
    http: new HttpLogRecordExporter({ url: http.url }),
  };
  for (const [name, exporter] of Object.entries(exporters)) {
    await switchboard.switchFault(name, 'refusal', true);
    exporter.export(records, () => {});
    await exporter.forceFlush();
    expect(exporter.stats().dropped).toEqual({ rejected: records.length });
    await switchboard.clear();
    exporter.export(records, () => {});
    await exporter.forceFlush();
    expect(exporter.stats().delivered).toBe(records.length);
    await exporter.shutdown();
  }
  expect(services.violations).toEqual([]);
});

it('a switch is told as it is, and off again after all are lifted', async () => {
  await using services = await startLocalServices();
  const switchboard = new Switchboard(services);
  await switchboard.switchFault('sqs', 'slow', true);
  await switchboard.switchFault('sqs', 'throttle', true);
  await switchboard.switchFault('sqs', 'slow', false);
  await switchboard.switchNetwork(true);
  expect([switchboard.faultsOf('sqs'), switchboard.faultsOf('http')]).toEqual([['throttle'], []]);
  await expect(fetch(services.http.url)).rejects.toThrow('fetch failed');
  await switchboard.clear();
  expect([switchboard.faultsOf('sqs'), switchboard.isNetworkDown]).toEqual([[], false]);
  expect((await fetch(services.http.url)).status).toBe(200);
});

it.each([
  ['moon', 'outage'],
  ['sqs', 'explosion'],
  ['http', 'partial'],
  ['zeromq', 'outage'],
  ['sqs', 'toString'],
])('there is no switch for %s: %s', async (destination, fault) => {
  await using services = await startLocalServices();
  const switched = new Switchboard(services).switchFault(destination, fault, true);
  await expect(switched).rejects.toThrow(RangeError);
});

it('a receiver that cannot come back says why, and stays switched off', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const switchboard = new Switchboard(services);
  await switchboard.switchFault('zeromq', 'stopped', true);
  const other = new Pull({ linger: 0 });
  onTestFinished(() => other.close());
  await other.bind(services.zeromq.endpoint);
  await expect(switchboard.switchFault('zeromq', 'stopped', false)).rejects.toThrow('is taken');
  expect(switchboard.faultsOf('zeromq')).toEqual(['stopped']);
  await switchboard.switchFault('sqs', 'slow', true);
  expect(await switchboard.clear()).toEqual([expect.stringMatching(/^tcp:.* is taken/u)]);
  expect(switchboard.faultsOf('sqs')).toEqual([]);
  await other.unbind(services.zeromq.endpoint);
  await switchboard.switchFault('zeromq', 'stopped', false);
  expect(switchboard.faultsOf('zeromq')).toEqual([]);
});

it('lines are counted whatever their numbers are', () => {
  const counts = new LineCounts();
  for (const line of [1, 3, 3, 5_000, 0, -1, 2.5, Number.NaN, 1e15]) counts.add(line);
  expect(counts.distinctCount).toBe(3);
  expect(counts.compare(5_000)).toEqual({ missing: 4_997, repeated: 1 });
});
