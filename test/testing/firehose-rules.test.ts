import {
  FirehoseClient,
  PutRecordBatchCommand,
  type PutRecordBatchCommandOutput,
  PutRecordCommand,
} from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';

const record = (bytes: number): { Data: Uint8Array } => ({ Data: Buffer.alloc(bytes, 'x') });
const records = (count: number, bytes = 1): { Data: Uint8Array }[] =>
  Array.from({ length: count }, () => record(bytes));

function put(
  services: LocalServices,
  Records: { Data: Uint8Array }[],
  DeliveryStreamName = 'logs',
): Promise<PutRecordBatchCommandOutput> {
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts: 1 });
  return client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
}

describe('Firehose accepts, up to the last byte,', () => {
  it.each([
    ['500 records', records(500), 'logs'],
    ['a record of 1,024,000 bytes', [record(1_024_000)], 'logs'],
    ['an empty record', [record(0)], 'logs'],
    ['4 MiB in one call', [...records(4, 1_024_000), record(4_194_304 - 4_096_000)], 'logs'],
    ['a name of 64 characters', records(1), 'aZ0_.-'.padEnd(64, 'x')],
  ])('%s', async (_, sent, name) => {
    await using services = await startLocalServices();
    const output = await put(services, sent, name);
    expect(output.FailedPutCount).toBe(0);
    expect(output.RequestResponses).toHaveLength(sent.length);
    expect(services.firehose.records.map(({ data }) => data.length)).toEqual(
      sent.map(({ Data }) => Data.length),
    );
    expect(services.violations).toEqual([]);
  });
});

describe('Firehose refuses the whole call for', () => {
  it.each([
    [
      'no records',
      'records-empty',
      'ValidationException',
      /'records'.*greater than or equal to 1$/,
      [],
      'logs',
    ],
    [
      '501 records',
      'records-count',
      'ValidationException',
      /'records'.*less than or equal to 500$/,
      records(501),
      'logs',
    ],
    [
      'one record past 1,024,000 bytes',
      'record-bytes',
      'ValidationException',
      /at 'records\.2\.member\.data' failed.*less than or equal to 1024000$/,
      [record(1), record(1_024_001)],
      'logs',
    ],
    [
      'one byte past 4 MiB',
      'call-bytes',
      'InvalidArgumentException',
      /^Records size exceeds 4 MB limit$/,
      [...records(4, 1_024_000), record(4_194_305 - 4_096_000)],
      'logs',
    ],
    [
      'a name of 65 characters',
      'stream-name-length',
      'ValidationException',
      /less than or equal to 64$/,
      records(1),
      'x'.repeat(65),
    ],
    [
      'an empty name',
      'stream-name-length',
      'ValidationException',
      /greater than or equal to 1$/,
      records(1),
      '',
    ],
    [
      'a slash in the name',
      'stream-name-characters',
      'ValidationException',
      /regular expression pattern/,
      records(1),
      'a/b',
    ],
  ])('%s', async (_, rule, name, message, sent, stream) => {
    await using services = await startLocalServices();
    const refusal = await refusalOf(put(services, sent, stream));
    expect(refusal).toEqual({ name, message: expect.stringMatching(message), status: 400 });
    expect(services.firehose.records).toEqual([]);
    expect(services.violations).toEqual([
      expect.objectContaining({
        service: 'firehose',
        operation: 'PutRecordBatch',
        rule,
        error: name,
        scope: 'call',
      }),
    ]);
  });
});

it('a stream that does not exist is refused, and is no violation', async () => {
  await using services = await startLocalServices({ firehose: { deliveryStreams: ['logs'] } });
  const refusal = await refusalOf(put(services, records(1), 'other'));
  expect(refusal).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
  expect(services.violations).toEqual([]);
});

it('a deleted stream is gone until it is created again', async () => {
  await using services = await startLocalServices();
  services.firehose.deleteStream('logs');
  expect((await refusalOf(put(services, records(1)))).name).toBe('ResourceNotFoundException');
  services.firehose.createStream('logs');
  await put(services, records(1));
  expect(services.firehose.recordCount).toBe(1);
});

it('PutRecord stores one record under the same rules', async () => {
  await using services = await startLocalServices();
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts: 1 });
  const DeliveryStreamName = 'logs';
  await client.send(
    new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from('a\nb\n') } }),
  );
  const tooLarge = client.send(
    new PutRecordCommand({ DeliveryStreamName, Record: record(1_024_001) }),
  );
  expect((await refusalOf(tooLarge)).name).toBe('ValidationException');
  expect(services.firehose.lines).toEqual(['a', 'b']);
});

it('what arrived is there as bytes, as lines, decoded, and as billed', async () => {
  await using services = await startLocalServices({ now: () => 1_000 });
  await put(services, [{ Data: Buffer.from('{"a":1}\nplain\n') }, record(5_121)]);
  const { firehose } = services;
  expect(firehose.records[0]).toEqual({
    deliveryStreamName: 'logs',
    data: Buffer.from('{"a":1}\nplain\n'),
    arrivedAtMillis: 1_000,
  });
  expect(firehose.decoded.slice(0, 2)).toEqual([{ a: 1 }, 'plain']);
  expect(firehose.billedBytes).toBe(3 * 5_120);
  expect(firehose.byteCount).toBe(14 + 5_121);
  firehose.clear();
  expect([firehose.records, firehose.recordCount]).toEqual([[], 0]);
});

it('a record of more than 500 lines is taken in, but not taken apart', async () => {
  await using services = await startLocalServices();
  await put(
    services,
    [500, 501].map((lines) => ({ Data: Buffer.from('{}\n'.repeat(lines)) })),
  );
  expect(services.firehose.recordsNotTakenApart).toEqual([services.firehose.records[1]]);
});

it('without keeping, it only counts', async () => {
  await using services = await startLocalServices({ firehose: { keepRecords: false } });
  await put(services, records(3, 10));
  expect(services.firehose).toMatchObject({ records: [], recordCount: 3, byteCount: 30 });
});

it('when not strict, it writes the broken rule down and takes the call', async () => {
  await using services = await startLocalServices({ strict: false });
  const output = await put(services, records(501));
  expect(output.FailedPutCount).toBe(0);
  expect(services.firehose.recordCount).toBe(501);
  expect(services.violations).toEqual([
    expect.objectContaining({ rule: 'records-count', limit: 500, actual: 501 }),
  ]);
});
