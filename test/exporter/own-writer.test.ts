import { expect, it } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { jsonEncoder, type LogRecordEncoder } from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';

it('an own encoder that is made of a built-in one and begins at 0 harms no neighbour', async () => {
  const json = jsonEncoder();
  const encoder: LogRecordEncoder = Object.assign(Object.create(json), {
    write(...[record, writer]: Parameters<typeof json.write>) {
      writer.position = 0;
      writer.writeBytes(Buffer.from(String(record.body)));
    },
  });
  const arrived: string[] = [];
  const exporter = new DestinationLogRecordExporter({
    encoding: encoder,
    destination: {
      name: 'own',
      limits: { maxEntries: 100, maxRequestBytes: 1e6, maxEntryBytes: 1e5 },
      send: ({ entries }) => {
        arrived.push(...entries.map(({ bytes }) => Buffer.from(bytes).toString()));
        return Promise.resolve({ status: 'delivered' });
      },
    },
  });
  const bodies = Array.from({ length: 20 }, (_, index) => `body ${index}`);
  exporter.export(
    bodies.map((body) => createLogRecord({ body })),
    () => {},
  );
  await exporter.forceFlush();
  expect(arrived).toEqual(bodies);
});
