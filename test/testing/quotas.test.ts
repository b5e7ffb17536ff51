import { CloudWatchLogsClient, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { expect, it } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';

const putMegabyte = (services: LocalServices, DeliveryStreamName = 'logs'): Promise<unknown> => {
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts: 1 });
  const Records = [{ Data: Buffer.alloc(1_000_000) }];
  return client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
};

it('Firehose takes 5 MiB a second for each stream', async () => {
  let now = 0;
  await using services = await startLocalServices({ quotas: true, now: () => now });
  for (let call = 0; call < 5; call += 1) await putMegabyte(services);
  const refusal = await refusalOf(putMegabyte(services));
  expect(refusal).toMatchObject({ name: 'ServiceUnavailableException', status: 503 });
  await putMegabyte(services, 'other');
  now = 1_000;
  await putMegabyte(services);
  expect(services.firehose.recordCount).toBe(7);
  expect(services.violations).toEqual([]);
});

it('CloudWatch Logs creates 50 streams a second', async () => {
  await using services = await startLocalServices({
    quotas: true,
    now: () => 0,
    cloudWatchLogs: { groups: { group: [] } },
  });
  const client = new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
  const create = (index: number): Promise<unknown> =>
    client.send(new CreateLogStreamCommand({ logGroupName: 'group', logStreamName: `s${index}` }));
  await Promise.all(Array.from({ length: 50 }, (_, index) => create(index)));
  const refusal = await refusalOf(create(50));
  expect(refusal).toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
    status: 400,
  });
  expect(services.violations).toEqual([]);
});

it('without quotas there is no bound', async () => {
  await using services = await startLocalServices({ now: () => 0 });
  for (let call = 0; call < 6; call += 1) await putMegabyte(services);
  expect(services.firehose.recordCount).toBe(6);
});

it('what arrived is decoded as asked', async () => {
  await using services = await startLocalServices({ decode: (bytes) => [bytes.length] });
  const client = new FirehoseClient(services.clientConfig);
  const Record = { Data: Buffer.from('12345') };
  await client.send(new PutRecordCommand({ DeliveryStreamName: 'logs', Record }));
  expect(services.firehose.decoded).toEqual([5]);
});

it('gzip and zstd are read by themselves, and what only looks like gzip is shown as it is', async () => {
  const { gzipSync, zstdCompressSync } = await import('node:zlib');
  await using services = await startLocalServices();
  const client = new FirehoseClient(services.clientConfig);
  const pieces = [
    gzipSync('{"a":1}\n'),
    zstdCompressSync('{"a":2}\n'),
    Buffer.from([0x1f, 0x8b, 0x61, 0x62]),
  ];
  const Records = pieces.map((Data) => ({ Data }));
  await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records }));
  expect(services.firehose.decoded).toEqual([{ a: 1 }, { a: 2 }, '\u001f\ufffdab']);
});
