import { createLogRecord, createResource } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExporter, type RunOptions, withAws } from '../aws/support/aws-run.ts';

const clientConfig = {
  endpoint: 'http://127.0.0.1:1',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};

describe('the Firehose exporter refuses, and says what it expected,', () => {
  it.each<[string, RunOptions, RegExp]>([
    ['no stream', { deliveryStreamName: undefined }, /`deliveryStreamName`.*got `undefined`/],
    ['an empty name', { deliveryStreamName: '' }, /`deliveryStreamName` to be a non-empty text/],
    ['a name with a slash', { deliveryStreamName: 'a/b' }, /`deliveryStreamName` to have no "\/"/],
    ['a name with a space', { deliveryStreamName: 'a b' }, /have no " "/],
    ['a name of 65', { deliveryStreamName: 'a'.repeat(65) }, /at most 64 characters long/],
    [
      'an aggregation',
      { aggregation: 'json' },
      /`aggregation` to be one of 'none', 'lines'.*'json'/,
    ],
    [
      'zstd',
      { aggregation: 'lines', compression: 'zstd' },
      /'none' or 'gzip'.*got 'zstd'.*gzip only/,
    ],
    ['a compression', { compression: 'br' }, /`compression` to be one of/],
    ['gzip of single records', { compression: 'gzip' }, /`aggregation: 'lines'` with `compression/],
    ['a long delimiter', { delimiter: 'x'.repeat(17) }, /`delimiter`.*16 characters, got 17 char/],
    ['a delimiter', { delimiter: null }, /`delimiter`.*got `null`/],
    ['another one', { delimiter: 10n }, /`delimiter`.*got `10`/],
    ['2,047 bytes a record', { maxRecordBytes: 2047 }, /`maxRecordBytes`.*>= 2048.*got `2047`/],
    ['too many', { maxRecordBytes: 1_024_001 }, /<= 1024000 \(a limit of Amazon Data Firehose\)/],
    ['half a byte', { maxRecordBytes: 4096.5 }, /`maxRecordBytes` to be a finite whole number/],
    ['no records', { maxRecordsPerRequest: 0 }, /`maxRecordsPerRequest`.*>= 1/],
    ['501 records', { maxRecordsPerRequest: 501 }, /`maxRecordsPerRequest`.*<= 500/],
    ['over 4 MiB', { maxRequestBytes: 4_194_305 }, /`maxRequestBytes`.*<= 4194304/],
    ['less than a record', { maxRequestBytes: 1_000_000 }, /`maxRequestBytes`.*>= 1024000/],
    ['an encoding', { encoding: 'xml' }, /`encoding`/],
  ])('%s', (_what, options, message) => {
    expect(() => createExporter('firehose', { clientConfig }, options)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('the Firehose exporter takes', () => {
  it.each<[string, RunOptions]>([
    ['a name of 64 characters', { deliveryStreamName: 'aZ0_.-'.repeat(11).slice(0, 64) }],
    ['the least', { maxRecordBytes: 2048, maxRequestBytes: 2048, maxRecordsPerRequest: 1 }],
    [
      'the least with gzip',
      { maxRecordBytes: 2048, maxRequestBytes: 2048, aggregation: 'lines', compression: 'gzip' },
    ],
    ['the most', { maxRecordBytes: 1_024_000, maxRequestBytes: 4_194_304 }],
    ['a delimiter of 16 characters', { delimiter: '='.repeat(16) }],
  ])('%s', async (_what, options) => {
    await withAws('firehose', options, async ({ send, services }) => {
      expect(await send([createLogRecord()])).toBe(0);
      expect(services.firehose.recordCount).toBe(1);
    });
  });
});

describe('the delivery stream', () => {
  const streams = async (options: RunOptions, values: readonly unknown[]): Promise<string[]> => {
    const found: string[] = [];
    await withAws('firehose', { maxTargets: 10_000, ...options }, async ({ send, services }) => {
      const resources = values.map((value) =>
        createResource({ 'service.name': value } as Record<string, string>),
      );
      expect(
        await send(
          resources.map((resource, index) =>
            createLogRecord({ resource, body: String(index), attributes: { tenant: `t${index}` } }),
          ),
        ),
      ).toBe(0);
      found.push(...services.firehose.records.map(({ deliveryStreamName }) => deliveryStreamName));
    });
    return found;
  };

  it.each<[string, RunOptions, string[]]>([
    ['a name', { deliveryStreamName: 'all' }, ['all', 'all']],
    ['a template', { deliveryStreamName: 'logs-{service.name}' }, ['logs-shop', 'logs-unknown']],
    ['an attribute', { deliveryStreamName: '{attributes.tenant}.x' }, ['t0.x', 't1.x']],
    [
      'a function',
      { deliveryStreamName: ({ body }: { body: string }) => `stream ${body}` },
      ['stream_0', 'stream_1'],
    ],
    ['a function without answer', { deliveryStreamName: () => undefined }, ['unknown', 'unknown']],
    [
      'a function that throws',
      {
        deliveryStreamName: () => {
          throw new Error('no');
        },
      },
      ['unknown', 'unknown'],
    ],
  ])('can be %s', async (_what, options, expected) => {
    expect((await streams(options, ['shop', undefined])).toSorted()).toEqual(expected.toSorted());
  });

  it('is always a name that the service takes, within its fixed text, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.string({ minLength: 60, maxLength: 99 }),
            fc.constantFrom('../x', '{a}', '\0', '%2f', '\ud800', '__proto__'),
          ),
          {
            minLength: 1,
            maxLength: 10,
          },
        ),
        async (values) => {
          // The services' rules about names are looked at when the run ends.
          const found = await streams({ deliveryStreamName: 'app-{service.name}-x' }, values);
          expect(found.every((name) => name.startsWith('app-'))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});
