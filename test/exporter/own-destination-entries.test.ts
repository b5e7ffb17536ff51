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

it('delivers every record when a destination of the application sends the memory of an entry to a worker', async () => {
  const got: string[] = [];
  const refusals: unknown[] = [];
  const exporter = new DestinationLogRecordExporter({
    destination: {
      name: 'own',
      limits: { maxEntries: 2, maxEntryBytes: 10_000, maxRequestBytes: 10_000 },
      async send({ entries }) {
        for (const { bytes } of entries) got.push(Buffer.from(bytes).toString());
        const [first] = entries;
        const { port1 } = new MessageChannel();
        try {
          if (first !== undefined)
            port1.postMessage(first.bytes, [first.bytes.buffer as ArrayBuffer]);
        } catch (error) {
          refusals.push(error);
        } finally {
          port1.close();
        }
      },
    },
  });
  for (let round = 0; round < 3; round += 1) {
    const bodies = [0, 1, 2, 3, 4].map((index) => `number ${round * 5 + index}`);
    exporter.export(
      bodies.map((body) => makeRecord({ body })),
      () => {},
    );
    await exporter.forceFlush();
  }
  await exporter.shutdown();
  expect(got.map((text) => /number (\d+)/.exec(text)?.[1])).toEqual(
    Array.from({ length: 15 }, (_, index) => String(index)),
  );
  expect(refusals.length).toBe(got.length === 15 ? 9 : 0);
  expect(exporter.stats()).toMatchObject({ delivered: 15, dropped: {} });
});
