import { describe, expect, it } from 'vitest';
import { createExporter, type RunOptions, records, withAws } from '../aws/support/aws-run.ts';

const clientConfig = {
  endpoint: 'http://127.0.0.1:1',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};
const texts = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'v']));
const keyAttributes = { Type: 'Service', Name: 'shop' };

describe('the CloudWatch Logs exporter refuses, and says what it expected,', () => {
  it.each<[string, RunOptions, RegExp]>([
    [
      'MessagePack',
      { encoding: 'msgpack' },
      /text `encoding`.*'msgpack'.*an event's message is text/,
    ],
    [
      'an encoder of bytes',
      { encoding: { name: 'cbor', contentType: 'x', isText: false, encode: () => '' } },
      /text `encoding`.*'cbor'/,
    ],
    [
      'gzip',
      { compression: 'gzip' },
      /no `compression`.*got `'gzip'`.*neither stored nor searched/,
    ],
    ['zstd', { compression: 'zstd' }, /no `compression`.*got `'zstd'`/],
    ['an empty group', { logGroupName: '' }, /`logGroupName` to be a non-empty text/],
    ['a group with a colon', { logGroupName: 'a:b' }, /`logGroupName` to have no ":"/],
    ['a group with a space', { logGroupName: 'a b' }, /`logGroupName` to have no " "/],
    ['a reserved group', { logGroupName: 'aws/x' }, /`logGroupName` to not start with `aws\/`/],
    ['a group of 513', { logGroupName: 'a'.repeat(513) }, /`logGroupName` to be at most 512/],
    ['a stream with *', { logStreamName: 'a*' }, /`logStreamName` to have no "\*"/],
    ['a stream with :', { logStreamName: 'a:{x}' }, /`logStreamName` to have no ":"/],
    ['a stream of 513', { logStreamName: 'a'.repeat(513) }, /`logStreamName` to be at most 512/],
    ['a number for a name', { logStreamName: 5 }, /`logStreamName`.*got `5`/],
    ['a text for a switch', { createLogGroup: 'no' }, /`createLogGroup` to be true or false.*'no'/],
    ['another', { createLogStream: 1 }, /`createLogStream` to be true or false, got `1`/],
    ['8 days', { retentionInDays: 8 }, /`retentionInDays` to be one of 1, 3, 5, 7.*got `8`/],
    ['days as text', { retentionInDays: '7' }, /`retentionInDays`.*got `'7'`/],
    ['no class', { logGroupClass: '' }, /`logGroupClass` to be a class/],
    ['a class that is no text', { logGroupClass: 1 }, /`logGroupClass`.*got `1`/],
    ['a key that is no ARN', { kmsKeyId: 'alias/x' }, /`kmsKeyId` to be the ARN.*got `'alias\/x'`/],
    ['a long key', { kmsKeyId: `arn:${'a'.repeat(300)}` }, /`kmsKeyId`.*at most 256 characters/],
    ['51 tags', { tags: texts(51) }, /at most 50 `tags` \(a limit of CloudWatch Logs\), got 51/],
    ['tags as text', { tags: 'a=b' }, /`tags` to be an object of texts, got `'a=b'`/],
    ['a tag that is a number', { tags: { a: 1 } }, /`tags\.a`.*got "a"/],
    ['a tag without name', { tags: { '': 'v' } }, /`tags\.` to have a name of 1 to 128/],
    ['a long tag', { tags: { a: 'v'.repeat(257) } }, /`tags\.a`.*at most 256/],
    [
      'a tag with a name that is too long',
      { tags: { ['k'.repeat(129)]: 'v' } },
      /a name of 1 to 128/,
    ],
    ['a tag of AWS', { tags: { 'AWS:x': 'v' } }, /begins with `aws:`, got "AWS:x"/],
    ['a tag with *', { tags: { 'a*': 'v' } }, /`tags\.a\*`.*got "a\*"/],
    ['an entity that is none', { entity: 'shop' }, /`entity` to be an object.*got `'shop'`/],
    ['an entity of null', { entity: null }, /`entity` to be an object.*got `null`/],
    ['an empty entity', { entity: {} }, /`entity\.keyAttributes` to have 2 to 4 texts/],
    [
      'a key without a name',
      { entity: { keyAttributes: { Type: 'a', '': 'b' } } },
      /`entity\.keyAttributes` to have 2 to 4 texts/,
    ],
    ['one key', { entity: { keyAttributes: { Type: 'Service' } } }, /2 to 4 texts.*`Type`/],
    [
      'five keys',
      { entity: { keyAttributes: texts(5) } },
      /`entity\.keyAttributes` to have 2 to 4/,
    ],
    [
      'an empty value',
      { entity: { keyAttributes: { Type: '', Name: 'a' } } },
      /1 to 512 characters/,
    ],
    ['a long value', { entity: { keyAttributes: { Type: 'a', Name: 'n'.repeat(513) } } }, /512/],
    [
      '11 attributes',
      { entity: { keyAttributes, attributes: texts(11) } },
      /`entity\.attributes` to have 0 to 10/,
    ],
    ['a fate', { rejected: 'keep' }, /`rejected` to be one of 'drop', 'restamp', got `'keep'`/],
    ['255 bytes', { maxEventBytes: 255 }, /`maxEventBytes`.*>= 256.*got `255`/],
    ['1 MiB', { maxEventBytes: 1_048_576 }, /<= 1048550 \(a limit of CloudWatch Logs\)/],
  ])('%s', (_what, options, message) => {
    expect(() => createExporter('cloudwatch-logs', { clientConfig }, options)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('the CloudWatch Logs exporter takes', () => {
  it.each<[string, RunOptions]>([
    ['no options', {}],
    ['the longest names', { logGroupName: 'g'.repeat(512), logStreamName: 's'.repeat(512) }],
    ['a group of /aws', { logGroupName: '/aws/mine' }],
    ['50 tags', { tags: texts(50) }],
    ['the longest tag', { tags: { ['k'.repeat(128)]: 'ü -@'.repeat(64) } }],
    ['a class', { logGroupClass: 'DELIVERY' }],
    ['the least of an event', { maxEventBytes: 256, encoding: 'body' }],
    ['every encoding of text', { encoding: 'otlp-json' }],
    ['compression none', { compression: 'none' }],
    [
      'the largest entity',
      {
        entity: {
          keyAttributes: { ...keyAttributes, Environment: 'e'.repeat(512) },
          attributes: { ...texts(9), ['a'.repeat(256)]: 'v'.repeat(512) },
        },
      },
    ],
    ...[1, 365, 3653].map((retentionInDays): [string, RunOptions] => [
      `${retentionInDays} days`,
      { retentionInDays },
    ]),
  ])('%s', async (_what, options) => {
    const body = async ({
      send,
    }: {
      send: (sent: ReturnType<typeof records>) => Promise<number>;
    }) => {
      expect(await send(records(1))).toBe(0);
    };
    await withAws('cloudwatch-logs', options, body, { cloudWatchLogs: {} });
  });
});
