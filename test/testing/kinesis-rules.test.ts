import {
  KinesisClient,
  PutRecordsCommand,
  type PutRecordsCommandOutput,
} from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { createUnrefAgents } from '../../src/destinations/aws/unref-agent.ts';
import { Http1Handler } from '../../src/destinations/kinesis/http1-handler.ts';
import {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';

interface Given {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly Records: { Data: Uint8Array; PartitionKey: string; ExplicitHashKey?: string }[];
}

const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/logs';
const MIB = 1_048_576;
const record = (bytes: number, PartitionKey = 'k') => ({
  Data: Buffer.alloc(bytes - PartitionKey.length, 'x'),
  PartitionKey,
});
const records = (count: number, bytes = 2) => Array.from({ length: count }, () => record(bytes));

function put({ clientConfig }: LocalServices, given: Given): Promise<PutRecordsCommandOutput> {
  const requestHandler = new Http1Handler(createUnrefAgents());
  const client = new KinesisClient({ ...clientConfig, requestHandler, maxAttempts: 1 });
  return client.send(new PutRecordsCommand(given));
}

describe('Kinesis accepts, up to the last byte,', () => {
  it.each<[string, Given, LocalServicesOptions]>([
    ['500 records', { StreamName: 'logs', Records: records(500) }, {}],
    ['a record of 1 MiB with its key', { StreamName: 'logs', Records: [record(MIB)] }, {}],
    ['5 MiB in one call', { StreamName: 'logs', Records: records(5, MIB) }, {}],
    ['an ARN beside its name', { StreamName: 'logs', StreamARN: ARN, Records: records(1) }, {}],
    ['an ARN', { StreamARN: ARN, Records: records(1) }, {}],
    ['a key of 256', { StreamName: 'logs', Records: [record(300, 'k'.repeat(256))] }, {}],
    ['a name of 128', { StreamName: 'aZ0_.-'.padEnd(128, 'x'), Records: records(1) }, {}],
    [
      '10 MiB, where the stream was told so',
      { StreamName: 'logs', Records: [record(10 * MIB)] },
      { kinesis: { maxRecordBytes: 10 * MIB } },
    ],
  ])('%s', async (_, given, options) => {
    await using services = await startLocalServices(options);
    const output = await put(services, given);
    expect(output.FailedRecordCount).toBe(0);
    expect(output.Records).toHaveLength(given.Records.length);
    expect(services.kinesis.recordCount).toBe(given.Records.length);
    expect(services.violations).toEqual([]);
  });
});

describe('Kinesis refuses the whole call for', () => {
  it.each<[string, string, string, Given]>([
    ['no records', 'records-count', 'ValidationException', { StreamName: 'logs', Records: [] }],
    [
      '501 records',
      'records-count',
      'ValidationException',
      { StreamName: 'logs', Records: records(501) },
    ],
    [
      'a byte more than 1 MiB',
      'record-bytes',
      'ValidationException',
      { StreamName: 'logs', Records: [record(MIB + 1)] },
    ],
    [
      'more than 5 MiB',
      'call-bytes',
      'InvalidArgumentException',
      { StreamName: 'logs', Records: [...records(5, MIB), record(2)] },
    ],
    [
      'an empty key',
      'partition-key',
      'ValidationException',
      { StreamName: 'logs', Records: [record(2, '')] },
    ],
    [
      'a key of 257',
      'partition-key',
      'ValidationException',
      { StreamName: 'logs', Records: [record(300, 'k'.repeat(257))] },
    ],
    [
      'a name with a slash',
      'stream-name',
      'ValidationException',
      { StreamName: 'a/b', Records: records(1) },
    ],
    [
      'a name of 129',
      'stream-name',
      'ValidationException',
      { StreamName: 'x'.repeat(129), Records: records(1) },
    ],
    [
      'an ARN of another kind',
      'stream-arn',
      'ValidationException',
      { StreamARN: 'arn:aws:sqs:a:123456789012:b', Records: records(1) },
    ],
    [
      'a name and the ARN of another stream',
      'stream-twice',
      'InvalidArgumentException',
      { StreamName: 'other', StreamARN: ARN, Records: records(1) },
    ],
    [
      'an ARN of another region',
      'stream-region',
      'ResourceNotFoundException',
      { StreamARN: ARN.replace('us-east-1', 'eu-west-1'), Records: records(1) },
    ],
    ...['01', 'x', '', String(2n ** 128n)].map(
      (ExplicitHashKey): [string, string, string, Given] => [
        `the hash key "${ExplicitHashKey}"`,
        'hash-key',
        'ValidationException',
        { StreamName: 'logs', Records: [{ ...record(2), ExplicitHashKey }] },
      ],
    ),
    ['no stream', 'stream-missing', 'InvalidArgumentException', { Records: records(1) }],
  ])('%s', async (_, rule, name, given) => {
    await using services = await startLocalServices();
    expect(await refusalOf(put(services, given))).toMatchObject({ name, status: 400 });
    expect(services.violations.map((violation) => violation.rule)).toContain(rule);
    expect(services.kinesis.recordCount).toBe(0);
  });
});

describe('Kinesis', () => {
  it('knows no stream that was not declared, or was deleted, until it is made', async () => {
    await using services = await startLocalServices({ kinesis: { streams: ['logs'] } });
    const other = { StreamName: 'other', Records: records(1) };
    expect(await refusalOf(put(services, other))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    services.setFaults([{ kind: 'stream-deleted' }]);
    const own = { StreamName: 'logs', Records: records(1) };
    expect(await refusalOf(put(services, own))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    services.kinesis.createStream('logs');
    expect((await put(services, own)).FailedRecordCount).toBe(0);
  });

  it('forgets what arrived before a time, and keeps its count', async () => {
    let nowMillis = 1_000;
    await using services = await startLocalServices({ now: () => nowMillis });
    await put(services, { StreamName: 'logs', Records: records(2) });
    nowMillis = 2_000;
    await put(services, { StreamName: 'logs', Records: records(1) });
    services.kinesis.forgetBefore(2_000);
    expect(services.kinesis.records).toHaveLength(1);
    expect(services.kinesis.recordCount).toBe(3);
  });

  it('puts a record by its hash key, whatever its partition key is', async () => {
    await using services = await startLocalServices();
    const keys = ['0', String(2n ** 126n), String(2n ** 127n), String(2n ** 128n - 1n)];
    const Records = keys.map((ExplicitHashKey) => ({ ...record(2), ExplicitHashKey }));
    await put(services, { StreamName: 'logs', Records });
    expect(services.kinesis.records.map(({ shard }) => shard)).toEqual([0, 1, 2, 3]);
    expect(services.violations).toEqual([]);
  });

  it('takes a record that is larger than a second of its shard, one a second', async () => {
    let nowMillis = 0;
    const kinesis = { maxRecordBytes: 10 * MIB };
    await using services = await startLocalServices({
      quotas: true,
      kinesis,
      now: () => nowMillis,
    });
    const large = { StreamName: 'logs', Records: [record(2 * MIB)] };
    expect((await put(services, large)).FailedRecordCount).toBe(0);
    expect((await put(services, large)).FailedRecordCount).toBe(1);
    nowMillis = 1_000;
    expect((await put(services, large)).FailedRecordCount).toBe(0);
  });

  it('fails the records of a shard that is full, and takes the others', async () => {
    await using services = await startLocalServices({ quotas: true, now: () => 0 });
    const full = Array.from({ length: 500 }, () => record(20, 'one'));
    await put(services, { StreamName: 'logs', Records: full });
    await put(services, { StreamName: 'logs', Records: full });
    const others = ['one', 'b', 'c', 'd', 'e'].map((key) => record(20, key));
    const output = await put(services, { StreamName: 'logs', Records: others });
    expect(output.Records?.[0]).toMatchObject({
      ErrorCode: 'ProvisionedThroughputExceededException',
      ErrorMessage: expect.stringContaining('Rate exceeded for shard shardId-0000'),
    });
    expect(output.FailedRecordCount).toBeLessThan(5);
    expect(output.Records?.some(({ SequenceNumber }) => SequenceNumber !== undefined)).toBe(true);
  });
});
