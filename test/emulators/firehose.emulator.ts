import { decodeLogRecords } from 'collectorless/decode';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { describe, expect, test } from 'vitest';
import { clientConfig } from './support/client-config.ts';
import { deliver } from './support/deliver.ts';
import { createDeliveryStream } from './support/delivery-stream.ts';
import { expectSameRecords } from './support/expect-same-records.ts';
import { binaryRecords, sourceRecords } from './support/source-records.ts';

const forms = [
  { encoding: 'json', aggregation: 'none', compression: 'none' },
  { encoding: 'otlp-json', aggregation: 'none', compression: 'none' },
  { encoding: 'msgpack', aggregation: 'none', compression: 'none' },
  { encoding: 'json', aggregation: 'lines', compression: 'none' },
  { encoding: 'msgpack', aggregation: 'lines', compression: 'none' },
  { encoding: 'json', aggregation: 'lines', compression: 'gzip' },
  { encoding: 'otlp-json', aggregation: 'lines', compression: 'gzip' },
  { encoding: 'msgpack', aggregation: 'lines', compression: 'gzip' },
] as const;
/** More than one call may hold. */
const RECORD_COUNT = 520;

describe.each(['moto', 'ministack'] as const)('Firehose of %s', (emulator) => {
  const name =
    'S3 holds every record once: $encoding, aggregation $aggregation, compression $compression';
  test.each(forms)(name, async (form) => {
    const config = clientConfig(emulator);
    const stream = await createDeliveryStream(config);
    const records = sourceRecords(RECORD_COUNT);
    if (form.encoding === 'msgpack') records.push(...binaryRecords());
    const exporter = new FirehoseLogRecordExporter({
      ...form,
      deliveryStreamName: stream.name,
      clientConfig: config,
      acknowledge: 'delivered',
    });

    await deliver(exporter, records);

    const objects = await stream.objects();
    expectSameRecords(
      objects.flatMap((object) => decodeLogRecords(object)),
      records,
    );
  });

  test('a stream that does not exist is an answer, not a retry', async () => {
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'nowhere',
      clientConfig: clientConfig(emulator),
      acknowledge: 'delivered',
    });
    const result = await new Promise((resolve) => exporter.export(sourceRecords(3), resolve));
    expect(result).toMatchObject({ error: { counts: { rejected: 3 } } });
    await exporter.shutdown();
    expect(exporter.stats()).toMatchObject({ dropped: { rejected: 3 }, retried: 0 });
  });
});
