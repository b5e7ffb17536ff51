import { describe, expect, it } from 'vitest';
import { CloudWatchLogRecordExporter } from '../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../src/destinations/firehose/index.ts';
import { HttpLogRecordExporter } from '../../src/destinations/http/index.ts';
import { KinesisLogRecordExporter } from '../../src/destinations/kinesis/index.ts';
import { SqsLogRecordExporter } from '../../src/destinations/sqs/index.ts';
import { ZeroMqLogReceiver, ZeroMqLogRecordExporter } from '../../src/destinations/zeromq/index.ts';
import { DestinationLogRecordExporter } from '../../src/index.ts';
import { DESTINATION_VARIABLES } from '../support/destination-variables.ts';

/** Any constructor here, called as JavaScript may call it. */
const constructors: readonly (readonly [string, (options: unknown) => unknown, valid: object])[] = [
  [
    'CloudWatchLogRecordExporter',
    (options) => new CloudWatchLogRecordExporter(options as never),
    {},
  ],
  [
    'FirehoseLogRecordExporter',
    (options) => new FirehoseLogRecordExporter(options as never),
    { deliveryStreamName: 'logs' },
  ],
  [
    'KinesisLogRecordExporter',
    (options) => new KinesisLogRecordExporter(options as never),
    { streamName: 'logs' },
  ],
  [
    'SqsLogRecordExporter',
    (options) => new SqsLogRecordExporter(options as never),
    { queueName: 'logs' },
  ],
  [
    'HttpLogRecordExporter',
    (options) => new HttpLogRecordExporter(options as never),
    { url: 'http://127.0.0.1/' },
  ],
  [
    'ZeroMqLogRecordExporter',
    (options) => new ZeroMqLogRecordExporter(options as never),
    { endpoint: 'tcp://127.0.0.1:5010' },
  ],
  ['ZeroMqLogReceiver', (options) => new ZeroMqLogReceiver(options as never), {}],
  [
    'DestinationLogRecordExporter',
    (options) => new DestinationLogRecordExporter(options as never),
    { destination: { name: 'own', send: () => Promise.resolve({ status: 'delivered' }) } },
  ],
];

/** Every option that any of them has; of one with members the whole. */
const optionNames = new Set([
  ...Object.values(DESTINATION_VARIABLES).flatMap(({ codeOnly, variables }) =>
    [...codeOnly, ...variables].map(({ option }) => option.split('.', 1)[0] ?? ''),
  ),
  'handlers',
  'onGap',
  'onProblem',
  'receiveHighWaterMark',
  'topics',
]);

const cyclic: unknown[] = [];
cyclic.push(cyclic);
const bare: unknown = Object.create(null);
/** Values that throw when they become text or JSON. */
const ownEncoder = { name: bare, contentType: bare, isText: false, encode: bare };
const hostileValues = [
  ownEncoder,
  bare,
  [bare],
  { directory: bare, name: bare },
  cyclic,
  1n,
  [1n],
  Symbol('s'),
];

const invalidOption = expect.objectContaining({ code: 'ERR_INVALID_OPTION' });

describe.each(constructors)('%s', (name, construct, valid) => {
  it.each([null, 5, 'options', true])('refuses %j in place of its options', (options) => {
    expect(() => construct(options)).toThrow(invalidOption);
  });

  it('refuses to have no options, or has a default for each', () => {
    const mayBeLeftOut = name === 'CloudWatchLogRecordExporter' || name === 'ZeroMqLogReceiver';
    if (mayBeLeftOut) expect(construct(undefined)).toBeDefined();
    else expect(() => construct(undefined)).toThrow(invalidOption);
  });

  it.each(Object.keys(valid))('refuses to have null as %s', (option) => {
    expect(() => construct({ ...valid, [option]: null })).toThrow(invalidOption);
  });

  it.each([...optionNames])('takes or refuses as %s what cannot become text', (option) => {
    for (const value of hostileValues) {
      try {
        construct({ ...valid, [option]: value });
      } catch (thrown) {
        expect(thrown).toEqual(invalidOption);
      }
    }
  });

  it.each(['client', 'clientConfig'])('refuses null, a text and a number as %s', (option) => {
    if (!/CloudWatch|Firehose|Kinesis|Sqs/u.test(name)) return;
    for (const value of [null, 'eu-west-1', 5]) {
      expect(() => construct({ ...valid, [option]: value })).toThrow(invalidOption);
      expect(() => construct({ ...valid, [option]: value })).toThrow(`\`${option}\``);
    }
  });

  it.each(['name', 'contentType', 'isText', 'encode'])(
    'refuses an own encoder whose %s is wrong',
    (member) => {
      if (name === 'ZeroMqLogReceiver') return;
      const encoding = { name: 'own', contentType: 'a/b', isText: true, encode: () => '' };
      for (const value of [null, undefined, 5, '']) {
        if (member === 'name' && value === '') continue;
        const options = { ...valid, encoding: { ...encoding, [member]: value } };
        expect(() => construct(options)).toThrow(invalidOption);
      }
    },
  );
});

it('shows no header in the error about headers that are a text', () => {
  const headers = 'authorization: Bearer s3cret';
  const create = (): unknown =>
    new HttpLogRecordExporter({ url: 'http://127.0.0.1/', headers: headers as never });
  expect(create).toThrow('Expected `headers` to be an object or a function, got a text');
});
