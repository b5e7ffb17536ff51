import { createLogRecord, createResource } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { records } from '../aws/support/aws-run.ts';
import { createExporter, type RunOptions, withKinesis } from './support/with-kinesis.ts';

const clientConfig = {
  endpoint: 'http://127.0.0.1:1',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};
const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/';

describe('the Kinesis exporter refuses, and says what it expected,', () => {
  it.each<[string, RunOptions, RegExp]>([
    ['no stream', { streamName: undefined }, /either `streamName` or `streamArn`, got none/],
    ['both', { streamName: 'a', streamArn: `${ARN}a` }, /either .*, got both/],
    ['an empty name', { streamName: '' }, /`streamName` to be a non-empty text/],
    ['a name with a slash', { streamName: 'a/b' }, /`streamName` to have no "\/"/],
    ['a name of 129', { streamName: 'a'.repeat(129) }, /at most 128 characters long/],
    ['a name as ARN', { streamArn: 'logs' }, /`streamArn` to be an ARN such as arn:aws:kinesis/],
    ['a key of 257', { partitionKey: 'a'.repeat(257) }, /`partitionKey`.*at most 256 characters/],
    ['an empty key', { partitionKey: '' }, /`partitionKey` to be a non-empty text/],
    ['an aggregation', { aggregation: 'json' }, /`aggregation` to be one of 'none', 'lines'/],
    ['zstd', { aggregation: 'lines', compression: 'zstd' }, /'none' or 'gzip' for Kinesis/],
    ['gzip of single records', { compression: 'gzip' }, /`aggregation: 'lines'` with `compression/],
    ['a long delimiter', { delimiter: 'x'.repeat(17) }, /`delimiter`.*16 characters, got 17 char/],
    ['a delimiter', { delimiter: null }, /`delimiter`.*got `null`/],
    ['4,095 bytes a record', { maxRecordBytes: 4095 }, /`maxRecordBytes`.*>= 4096.*got `4095`/],
    ['over 10 MiB', { maxRecordBytes: 10_485_761 }, /<= 10485760 \(a limit of Amazon Kinesis/],
    ['no records', { maxRecordsPerRequest: 0 }, /`maxRecordsPerRequest`.*>= 1/],
    ['501 records', { maxRecordsPerRequest: 501 }, /`maxRecordsPerRequest`.*<= 500/],
    ['a large call', { maxRequestBytes: 10_485_761 }, /`maxRequestBytes`.*<= 10485760/],
    ['less than a record', { maxRequestBytes: 1_000_000 }, /`maxRequestBytes`.*>= 1048576/],
    ['two clients', { client: {}, clientConfig: {} }, /either `client` or `clientConfig`/],
  ])('%s', (_what, options, message) => {
    expect(() => createExporter({ clientConfig }, options)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(message),
      }),
    );
  });
});

async function streams(options: RunOptions, names: readonly unknown[]): Promise<string[]> {
  const found: string[] = [];
  await withKinesis(options, async ({ send, services }) => {
    await send(
      names.map((name) =>
        createLogRecord({ resource: createResource({ 'service.name': name as string }) }),
      ),
    );
    found.push(...services.kinesis.records.map(({ streamName }) => streamName));
  });
  return found;
}

describe('the stream', () => {
  it.each<[string, RunOptions, string[]]>([
    ['a template', { streamName: 'logs-{service.name}' }, ['logs-a_b', 'logs-shop']],
    ['an ARN with a template', { streamArn: `${ARN}{service.name}` }, ['a_b', 'shop']],
    ['a function', { streamName: () => 'all' }, ['all', 'all']],
  ])('can be %s', async (_what, options, expected) => {
    expect((await streams(options, ['shop', 'a/b'])).toSorted()).toEqual(expected);
  });

  it('is always a name that the service takes, within its fixed text, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.string({ minLength: 120, maxLength: 199 }),
            fc.constantFrom('../x', '{a}', '\0', '%2f', '\ud800', '__proto__'),
          ),
          { minLength: 1, maxLength: 10 },
        ),
        fc.constantFrom('streamName', 'streamArn'),
        async (values, option) => {
          const template = `${option === 'streamArn' ? ARN : ''}app-{service.name}`;
          const shortened = values.map((value) => value.slice(0, 120));
          const found = await streams({ [option]: template }, shortened);
          expect(found.every((name) => name.startsWith('app-'))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the partition key', () => {
  it('spreads records over all shards by default', async () => {
    await withKinesis({}, async ({ send, services }) => {
      expect(await send(records(400))).toBe(0);
      const shards = Map.groupBy(services.kinesis.records, ({ shard }) => shard);
      expect([...shards.keys()].toSorted()).toEqual([0, 1, 2, 3]);
      for (const [, ones] of shards) expect(ones.length).toBeGreaterThan(50);
    });
  });

  it.each<[string, RunOptions]>([
    ['a template', { partitionKey: '{attributes.tenant}' }],
    [
      'a function',
      {
        partitionKey: ({ attributes }: { attributes: object }) => Reflect.get(attributes, 'tenant'),
      },
    ],
  ])('can be %s: records of one key come to one shard', async (_what, options) => {
    await withKinesis({ ...options, aggregation: 'lines' }, async ({ send, services }) => {
      const tenants = ['acme', 'other', 'acme', 'third', 'other'];
      const sent = tenants.map((tenant) => createLogRecord({ attributes: { tenant } }));
      expect(await send(sent)).toBe(0);
      const keys = services.kinesis.records.map(({ partitionKey }) => partitionKey);
      expect(keys.toSorted()).toEqual(['acme', 'other', 'third']);
    });
  });
});

describe('a partition key that is taken from the record', () => {
  it('is left out of what is told of drops', async () => {
    const options = { streamName: 'gone', partitionKey: '{attributes.email}' };
    await withKinesis(
      options,
      async ({ drops, send }) => {
        expect(await send([createLogRecord({ attributes: { email: 'secret@x.org' } })])).toBe(1);
        expect(drops).toMatchObject([{ target: 'gone' }]);
        expect(JSON.stringify(drops)).not.toContain('secret');
      },
      { kinesis: { streams: [] } },
    );
  });
});

describe('what stands between records', () => {
  it.each<[string, RunOptions, string]>([
    ['nothing by default', {}, ''],
    ['a new line with lines', { aggregation: 'lines' }, '\n'],
    ['what is asked for', { delimiter: ';' }, ';'],
  ])('is %s', async (_what, options, expected) => {
    await withKinesis({ encoding: 'body', ...options }, async ({ send, services }) => {
      expect(await send([createLogRecord({ body: 'text' })])).toBe(0);
      expect(services.kinesis.records[0]?.data.toString()).toBe(`text${expected}`);
    });
  });
});
