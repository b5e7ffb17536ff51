import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { expect, test } from 'vitest';
import { clientConfig } from './support/client-config.ts';
import { deliver } from './support/deliver.ts';
import { createDeliveryStream } from './support/delivery-stream.ts';
import { jsonDocument, msgpackDocument } from './support/json-document.ts';
import { runPython } from './support/python.ts';
import { binaryRecords, sourceRecords } from './support/source-records.ts';

type Encoding = 'json' | 'msgpack' | 'otlp-json';

test('Python reads json: the documents of every record, in their order', async () => {
  const records = sourceRecords(100);
  const lines = (await stored(records, 'json')).toString().trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(records.map(jsonDocument));
});

test.each(['none', 'lines'] as const)(
  "Python's msgpack reads every record, aggregation %s",
  async (aggregation) => {
    const records = [...sourceRecords(100), ...binaryRecords()];
    const bytes = await stored(records, 'msgpack', aggregation);
    expect(await runPython('decode-msgpack', [], bytes)).toEqual(records.map(msgpackDocument));
  },
);

test('the published definitions of OTLP read every record of otlp-json', async () => {
  const records = sourceRecords(100);
  const bytes = await stored(records, 'otlp-json');
  expect(await runPython('parse-otlp', [], bytes)).toEqual(records.map(otlpRecord));
});

/** What Firehose has put into S3, as one piece. */
async function stored(
  records: readonly ReadableLogRecord[],
  encoding: Encoding,
  aggregation: 'none' | 'lines' = 'none',
): Promise<Buffer> {
  const config = clientConfig('moto');
  const stream = await createDeliveryStream(config);
  const exporter = new FirehoseLogRecordExporter({
    encoding,
    aggregation,
    deliveryStreamName: stream.name,
    clientConfig: config,
    acknowledge: 'delivered',
  });
  await deliver(exporter, records);
  return Buffer.concat(await stream.objects());
}

function otlpRecord(record: ReadableLogRecord): Record<string, unknown> {
  const nanosText = ([seconds, nanos]: ReadableLogRecord['hrTime']): string =>
    String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
  const { instrumentationScope: scope, spanContext } = record;
  return {
    time: nanosText(record.hrTime),
    observedTime: nanosText(record.hrTimeObserved),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    eventName: record.eventName ?? '',
    body: record.body,
    attributes: record.attributes,
    resource: record.resource.attributes,
    scope: { name: scope.name, version: scope.version },
    traceId: spanContext?.traceId ?? '',
    spanId: spanContext?.spanId ?? '',
    flags: spanContext?.traceFlags ?? 0,
    droppedAttributesCount: record.droppedAttributesCount,
  };
}
