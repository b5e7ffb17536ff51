import { expect, it } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import { makeRecord } from '../encode/support/records.ts';

it('hands a destination of the application entries that can be copied with their bytes', async () => {
  const copies: PackedEntry[] = [];
  const exporter = new DestinationLogRecordExporter({
    destination: {
      name: 'own',
      delimiter: '\n',
      async send({ entries }) {
        for (const entry of entries) copies.push({ ...entry });
      },
    },
  });
  // Beyond the first piece of memory that entries share.
  const records = Array.from({ length: 400 }, (_, index) =>
    makeRecord({ body: `number ${index}` }),
  );
  exporter.export(records, () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  const texts = copies.map(({ bytes }) => Buffer.from(bytes).toString());
  expect(texts).toHaveLength(400);
  expect(texts.every((text, index) => text.includes(`number ${index}`))).toBe(true);
});
