import { randomUUID } from 'node:crypto';
import type { Message } from '@aws-sdk/client-sqs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { type DecodedLogRecord, decodeLogRecords } from 'collectorless/decode';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { uidOf } from 'collectorless/testing';
import { describe, expect, test, vi } from 'vitest';
import { clientConfig } from './support/client-config.ts';
import { deliver } from './support/deliver.ts';
import type { EmulatorName } from './support/emulator-names.ts';
import { expectSameRecords } from './support/expect-same-records.ts';
import { createQueue } from './support/queue.ts';
import { binaryRecords, sourceRecords } from './support/source-records.ts';

const forms = [
  { encoding: 'json', aggregation: 'none', compression: 'none' },
  { encoding: 'otlp-json', aggregation: 'none', compression: 'none' },
  { encoding: 'msgpack', aggregation: 'none', compression: 'none' },
  { encoding: 'json', aggregation: 'lines', compression: 'none' },
  { encoding: 'json', aggregation: 'lines', compression: 'gzip' },
  { encoding: 'msgpack', aggregation: 'lines', compression: 'gzip' },
] as const;

describe.each(['moto', 'ministack', 'fauxqs'] as const)('SQS of %s', (emulator) => {
  const config = clientConfig(emulator);

  const name =
    'holds every record once: $encoding, aggregation $aggregation, compression $compression';
  test.each(forms)(name, async (form) => {
    const queue = await createQueue(config);
    const isPlain = form.encoding !== 'msgpack' && form.compression === 'none';
    const records = sourcesFor(emulator, 150, isPlain);
    if (form.encoding === 'msgpack') records.push(...binaryRecords());
    const exporter = new SqsLogRecordExporter({
      ...form,
      queueUrl: queue.url,
      clientConfig: config,
      acknowledge: 'delivered',
    });

    await deliver(exporter, records);

    const messages = await queue.takeAll();
    expectSameRecords(messages.flatMap(decodeMessage), records);
    if (form.aggregation === 'lines') expect(messages.length).toBeLessThan(records.length / 10);
    expect(attributeNames(messages)).toEqual(
      isPlain
        ? []
        : ['content-type', ...(form.compression === 'none' ? [] : ['content-encoding'])].sort(),
    );
  });

  test('a FIFO queue by its name keeps the order, also of records that are alike', async () => {
    const queue = await createQueue(config, { FifoQueue: 'true' });
    const records = sourcesFor(emulator, 60, true);
    const exporter = new SqsLogRecordExporter({
      queueName: queue.name,
      messageAttributes: { service: '{service.name}' },
      clientConfig: config,
      acknowledge: 'delivered',
    });

    await deliver(exporter, records);

    const messages = await queue.takeAll();
    expect(messages.flatMap(decodeMessage).map(uidOf)).toEqual(records.map(uidOf));
    expect(messages.map(({ Attributes }) => Attributes?.MessageGroupId)).toEqual(
      records.map(() => 'orders'),
    );
    expect(messages[0]?.MessageAttributes?.['service']?.StringValue).toBe('orders');
  });

  test('records for a queue that is not there yet wait for it', async () => {
    const queueName = `late-${randomUUID()}`;
    const records = sourcesFor(emulator, 30, true);
    const exporter = new SqsLogRecordExporter({ queueName, clientConfig: config });
    exporter.export([...records], () => {});
    await vi.waitUntil(() => exporter.stats().retried > 0, { timeout: 10_000 });
    expect(exporter.stats()).toMatchObject({ inFlight: 30, delivered: 0, dropped: {} });

    const queue = await createQueue(config, {}, queueName);
    await exporter.shutdown();

    expect(exporter.stats()).toMatchObject({ inFlight: 0, delivered: 30 });
    expectSameRecords((await queue.takeAll()).flatMap(decodeMessage), records);
  });
});

test('what a queue refuses is dropped by its reason, and all around it is stored', async () => {
  // fauxqs refuses emoji, which SQS takes: docs/emulators.md.
  const config = clientConfig('fauxqs');
  const queue = await createQueue(config);
  const records = sourceRecords(50);
  const exporter = new SqsLogRecordExporter({ queueUrl: queue.url, clientConfig: config });
  exporter.export([...records], () => {});
  await exporter.shutdown();

  const stored = records.filter((record) => !hasEmoji(record));
  const refused = records.length - stored.length;
  expect(refused).toBeGreaterThan(0);
  expect(exporter.stats()).toMatchObject({
    delivered: stored.length,
    dropped: { rejected: refused },
  });
  expectSameRecords((await queue.takeAll()).flatMap(decodeMessage), stored);
});

/** Records whose text the emulator takes. */
function sourcesFor(emulator: EmulatorName, count: number, isPlain: boolean): ReadableLogRecord[] {
  const records = sourceRecords(count * 2);
  const taken =
    isPlain && emulator === 'fauxqs' ? records.filter((one) => !hasEmoji(one)) : records;
  return taken.slice(0, count);
}

function hasEmoji({ body }: ReadableLogRecord): boolean {
  return typeof body === 'string' && body.includes('\u{1f600}');
}

/** As a reader does who knows no more than the message says of itself. */
function decodeMessage({ Body = '', MessageAttributes = {} }: Message): DecodedLogRecord[] {
  const isBase64 = MessageAttributes['content-type'] !== undefined;
  const encoding = MessageAttributes['content-encoding']?.StringValue;
  return decodeLogRecords(Buffer.from(Body, isBase64 ? 'base64' : 'utf8'), {
    ...(MessageAttributes['content-type']?.StringValue === 'application/vnd.msgpack'
      ? { encoding: 'msgpack' }
      : {}),
    compression: encoding === 'gzip' ? 'gzip' : 'none',
  });
}

function attributeNames(messages: readonly Message[]): string[] {
  const names = messages.flatMap(({ MessageAttributes = {} }) => Object.keys(MessageAttributes));
  return [...new Set(names)].sort();
}
