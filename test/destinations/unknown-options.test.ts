import { beforeEach, expect, it } from 'vitest';
import { CloudWatchLogRecordExporter } from '../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../src/destinations/firehose/index.ts';
import { HttpLogRecordExporter } from '../../src/destinations/http/index.ts';
import { KinesisLogRecordExporter } from '../../src/destinations/kinesis/index.ts';
import { SqsLogRecordExporter } from '../../src/destinations/sqs/index.ts';
import { ZeroMqLogRecordExporter } from '../../src/destinations/zeromq/index.ts';
import { DestinationLogRecordExporter } from '../../src/index.ts';
import { toldLines } from '../support/told-lines.ts';

let warnings: string[] = [];

beforeEach(() => {
  warnings = toldLines();
});

/** Called as JavaScript may call them. */
const exporters: readonly (readonly [string, (options: object) => unknown])[] = [
  ['CloudWatchLogRecordExporter', (options) => new CloudWatchLogRecordExporter(options)],
  [
    'FirehoseLogRecordExporter',
    (options) => new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', ...options }),
  ],
  [
    'HttpLogRecordExporter',
    (options) => new HttpLogRecordExporter({ url: 'http://127.0.0.1/', ...options }),
  ],
  [
    'KinesisLogRecordExporter',
    (options) => new KinesisLogRecordExporter({ streamName: 'logs', ...options }),
  ],
  [
    'SqsLogRecordExporter',
    (options) => new SqsLogRecordExporter({ queueName: 'logs', ...options }),
  ],
  [
    'ZeroMqLogRecordExporter',
    (options) => new ZeroMqLogRecordExporter({ endpoint: 'tcp://127.0.0.1:5010', ...options }),
  ],
];

it.each(exporters)('%s warns of a misspelt option and names the right one', (name, create) => {
  create({ maxBuferedBytes: 5_000_000, retry: { initialBackof: 100 } });
  expect(warnings).toEqual([
    `[collectorless] ${name}: \`maxBuferedBytes\` is ignored: there is no such option, did you mean \`maxBufferedBytes\`?`,
    `[collectorless] ${name}: \`retry.initialBackof\` is ignored: there is no such option, did you mean \`retry.initialBackoffMillis\`?`,
  ]);
});

it.each(exporters)('%s does not guess where nothing is similar', (name, create) => {
  create({ zzz: 1 });
  expect(warnings).toEqual([
    `[collectorless] ${name}: \`zzz\` is ignored: there is no such option`,
  ]);
});

it.each(exporters)('%s says nothing of options that are known or undefined', (_, create) => {
  create({ maxBufferedBytes: 5_000_000, retry: { maxBackoffMillis: 900 }, other: undefined });
  expect(warnings).toEqual([]);
});

it('takes options that cannot be listed', () => {
  const refuse = (): never => {
    throw new Error('not to be listed');
  };
  const retry = new Proxy({}, { ownKeys: refuse });
  expect(() => new SqsLogRecordExporter({ queueName: 'logs', retry })).not.toThrow();
  expect(warnings).toEqual([]);
});

const destination = { name: 'mine', send: async (): Promise<void> => {} };

it('an exporter of an own destination warns of a misspelt option and names the right one', () => {
  const options: object = { maxBuferedBytes: 5_000_000 };
  void new DestinationLogRecordExporter({ destination, maxTargets: 2, ...options });
  expect(warnings).toEqual([
    '[collectorless] DestinationLogRecordExporter: `maxBuferedBytes` is ignored: there is no such option, did you mean `maxBufferedBytes`?',
  ]);
});

it('a class that extends that exporter may have options of its own', () => {
  class OwnExporter extends DestinationLogRecordExporter {}
  const options: object = { bucket: 'logs' };
  void new OwnExporter({ destination, ...options });
  expect(warnings).toEqual([]);
});
