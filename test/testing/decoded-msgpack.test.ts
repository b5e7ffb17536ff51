import { expect, it } from 'vitest';
import { FirehoseLogRecordExporter } from '../../src/destinations/firehose/index.ts';
import { HttpLogRecordExporter } from '../../src/destinations/http/index.ts';
import { SqsLogRecordExporter } from '../../src/destinations/sqs/index.ts';
import type { DestinationLogRecordExporter } from '../../src/index.ts';
import { decodeJsonLines } from '../../src/testing/decode-json-lines.ts';
import { createLogRecord, startLocalServices } from '../../src/testing/index.ts';

const record = createLogRecord({
  hrTime: [1_700_000_000, 5],
  hrTimeObserved: [1_700_000_000, 5],
  body: { answer: [42, new Uint8Array([1])] },
});

async function send(exporter: DestinationLogRecordExporter): Promise<void> {
  exporter.export([record, record], () => {});
  await exporter.shutdown();
}

it('local services decode MessagePack to the maps of the JSON encoding', async () => {
  await using services = await startLocalServices();
  const { clientConfig } = services;
  const encoding = 'msgpack';
  const one = {
    timestamp: '2023-11-14T22:13:20.000000005Z',
    body: { answer: [42, new Uint8Array([1])] },
    severity_text: 'INFO',
  };
  await send(new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig, encoding }));
  await send(new SqsLogRecordExporter({ queueName: 'logs', clientConfig, encoding }));
  const compression = 'zstd';
  await send(new HttpLogRecordExporter({ url: services.http.url, encoding, compression }));
  for (const { decoded } of [services.firehose, services.sqs, services.http]) {
    expect(decoded).toMatchObject([one, one]);
  }
});

it.each(['ߞ text', '߿', '', 'plain'])('the text %j is not taken for MessagePack', (text) => {
  expect(decodeJsonLines(Buffer.from(text))).toEqual(text === '' ? [] : [text]);
});

it.each([[[0x81]], [[0x80, 0x41]], [[0xde, 0xff]]])(
  'bytes %j that are no maps stay text',
  (bytes) => {
    expect(decodeJsonLines(Buffer.from(bytes))).toEqual([Buffer.from(bytes).toString('utf8')]);
  },
);
