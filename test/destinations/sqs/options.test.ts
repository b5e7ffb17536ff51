import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import {
  SqsLogRecordExporter,
  type SqsLogRecordExporterOptions,
} from '../../../src/destinations/sqs/index.ts';

const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/logs';
const create = (options: object): SqsLogRecordExporter =>
  new SqsLogRecordExporter(options as SqsLogRecordExporterOptions);
const named = (options: object): SqsLogRecordExporter => create({ queueName: 'logs', ...options });
const attributes = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'v']));

describe('the SQS exporter refuses, and says what it expected,', () => {
  it.each<[string, object, RegExp]>([
    ['no queue', {}, /either `queueUrl` or `queueName`, got none/],
    ['two queues', { queueName: 'a', queueUrl: url }, /either .* got both/],
    ['an empty name', { queueName: '' }, /`queueName` to be a non-empty text/],
    ['a name with a dot', { queueName: 'a.b' }, /`queueName` to have no "\."/],
    ['a name with a slash', { queueName: 'a/b' }, /`queueName` to have no "\/"/],
    ['a name of 81 characters', { queueName: 'a'.repeat(81) }, /at most 80 characters/],
    ['a FIFO name of 81', { queueName: `${'a'.repeat(76)}.fifo` }, /at most 75 characters/],
    ['a bare suffix', { queueName: '.fifo' }, /`queueName`/],
    ['an address that is none', { queueUrl: 'logs' }, /`queueUrl` to be an http\(s\) address/],
    ['an address without a queue', { queueUrl: 'https://sqs/' }, /`queueUrl` to be an http/],
    ['a file', { queueUrl: 'file:///etc/passwd' }, /`queueUrl` to be an http/],
    ['a host from a record', { queueUrl: 'https://{attributes.h}/1/q' }, /a fixed host/],
    [
      'credentials in the address',
      { queueUrl: 'https://a:b@sqs/1/q' },
      /`queueUrl` to have no "@"/,
    ],
    ['a query', { queueUrl: 'https://sqs/1/q?a=b' }, /`queueUrl` to have no "\?"/],
    ['a number', { queueUrl: 5 }, /`queueUrl`.*got `5`/],
    ['1,023 bytes', { queueName: 'a', maxMessageBytes: 1023 }, /`maxMessageBytes`.* >= 1024/],
    [
      'over 1 MiB',
      { queueName: 'a', maxMessageBytes: 1_048_577 },
      /<= 1048576 \(a limit of Amazon/,
    ],
    ['0 messages', { queueName: 'a', maxMessagesPerRequest: 0 }, /`maxMessagesPerRequest`.* >= 1/],
    ['11 messages', { queueName: 'a', maxMessagesPerRequest: 11 }, /<= 10/],
    [
      'an aggregation',
      { queueName: 'a', aggregation: 'json' },
      /`aggregation` to be one of 'none', 'lines'/,
    ],
    ['a compression', { queueName: 'a', compression: 'br' }, /`compression` to be one of/],
    ['an encoding', { queueName: 'a', encoding: 'xml' }, /`encoding`/],
    [
      'a group with a space',
      { queueName: 'a', messageGroupId: 'a b' },
      /`messageGroupId` to have no " "/,
    ],
    ['a long group', { queueName: 'a', messageGroupId: 'a'.repeat(129) }, /at most 128 characters/],
    ['11 attributes', { queueName: 'a', messageAttributes: attributes(11) }, /at most 10 .*got 11/],
    [
      '9 attributes beside our two',
      { queueName: 'a', compression: 'gzip', messageAttributes: attributes(9) },
      /at most 8 .*2 are the exporter's/,
    ],
    [
      'an attribute that is ours',
      { queueName: 'a', compression: 'gzip', messageAttributes: { 'content-encoding': 'x' } },
      /exporter sets itself, got `content-encoding`/,
    ],
    [
      'an attribute AWS.x',
      { queueName: 'a', messageAttributes: { 'aws.x': 'v' } },
      /AWS\. or Amazon\./,
    ],
    ['an attribute .x', { queueName: 'a', messageAttributes: { '.x': 'v' } }, /single dots inside/],
    ['an attribute x.', { queueName: 'a', messageAttributes: { 'x.': 'v' } }, /single dots inside/],
    ['an attribute x..y', { queueName: 'a', messageAttributes: { 'x..y': 'v' } }, /single dots/],
    ['an attribute x y', { queueName: 'a', messageAttributes: { 'x y': 'v' } }, /consist of/],
    ['a nameless attribute', { queueName: 'a', messageAttributes: { '': 'v' } }, /1 to 256 char/],
    [
      'a long attribute',
      { queueName: 'a', messageAttributes: { ['x'.repeat(257)]: 'v' } },
      /1 to 256/,
    ],
    ['an empty value', { queueName: 'a', messageAttributes: { x: '' } }, /`messageAttributes\.x`/],
    ['a long value', { queueName: 'a', messageAttributes: { x: 'v'.repeat(257) } }, /at most 256/],
    [
      'a control character',
      { queueName: 'a', messageAttributes: { x: '\u001b' } },
      /have no "\\u001b"/,
    ],
    [
      'attributes as text',
      { queueName: 'a', messageAttributes: 'x' },
      /`messageAttributes` to be an object/,
    ],
    [
      'attributes that leave no room',
      { queueName: 'a', maxMessageBytes: 1024, messageAttributes: { x: '{severity}' } },
      /`maxMessageBytes` to be at least 1287/,
    ],
    [
      'a client and its configuration',
      { queueName: 'a', client: {}, clientConfig: {} },
      /got both/,
    ],
  ])('%s', (_what, options, message) => {
    expect(() => create(options)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('the SQS exporter takes', () => {
  it.each<[string, object]>([
    ['a name of 80 characters', { queueName: 'a'.repeat(80) }],
    ['a FIFO name of 80 characters', { queueName: `${'a'.repeat(75)}.fifo` }],
    ['an address', { queueName: undefined, queueUrl: url }],
    ['an address with placeholders', { queueName: undefined, queueUrl: `${url}-{service.name}` }],
    ['the least and most bytes', { maxMessageBytes: 1024 }],
    ['10 attributes', { messageAttributes: attributes(10) }],
    ['a client', { client: new SQSClient({ region: 'eu-west-1' }) }],
  ])('%s', async (_what, options) => {
    await expect(named(options).shutdown()).resolves.toBeUndefined();
  });

  it('1 MiB a message in every form', async () => {
    for (const form of [
      {},
      { encoding: 'msgpack' },
      { compression: 'gzip', aggregation: 'lines' },
    ]) {
      await named({
        maxMessageBytes: 1_048_576,
        messageAttributes: attributes(3),
        ...form,
      }).shutdown();
    }
  });
});
