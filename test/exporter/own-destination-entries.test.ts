import { expect, it } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
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

const ENTRIES = { maxEntries: 2, maxEntryBytes: 20_000, maxRequestBytes: 40_000 };

/** Where the bytes of entries lie depends on these. */
const LIES: Readonly<Record<string, { limits: PackLimits; copies?: boolean; fill?: number }>> = {
  'small ones side by side': { limits: ENTRIES },
  'large ones each alone': { limits: ENTRIES, fill: 9000 },
  'in memory that is used again': { limits: ENTRIES, copies: true },
  'as lines of one': { limits: { ...ENTRIES, aggregate: { maxLines: 2, maxBytes: 20_000 } } },
  'as lines of one, in memory that is used again': {
    limits: { ...ENTRIES, aggregate: { maxLines: 2, maxBytes: 20_000 } },
    copies: true,
  },
};

it.each(Object.keys(LIES))(
  'a destination of the application cannot send the memory of entries to a worker: %s',
  async (name) => {
    const { copies = false, fill = 0, limits = ENTRIES } = LIES[name] ?? {};
    const got: string[] = [];
    let calls = 0;
    let refusals = 0;
    const exporter = new DestinationLogRecordExporter({
      destination: {
        name: 'own',
        limits,
        copiesEntries: copies,
        delimiter: '\n',
        async send({ entries }) {
          calls += 1;
          for (const { bytes } of entries) got.push(Buffer.from(bytes).toString());
          const [first] = entries;
          const { port1 } = new MessageChannel();
          try {
            if (first !== undefined)
              port1.postMessage(first.bytes, [first.bytes.buffer as ArrayBuffer]);
          } catch (error) {
            expect(error).toHaveProperty('name', 'DataCloneError');
            refusals += 1;
          } finally {
            port1.close();
          }
        },
      },
    });
    for (let round = 0; round < 3; round += 1) {
      const bodies = [0, 1, 2, 3, 4].map(
        (index) => `number ${round * 5 + index} ${'x'.repeat(fill)}`,
      );
      exporter.export(
        bodies.map((body) => makeRecord({ body })),
        () => {},
      );
      await exporter.forceFlush();
    }
    await exporter.shutdown();
    expect(Array.from(got.join('').matchAll(/number (\d+)/g), ([, number]) => number)).toEqual(
      Array.from({ length: 15 }, (_, index) => String(index)),
    );
    expect(refusals).toBe(calls);
    expect(exporter.stats()).toMatchObject({ delivered: 15, dropped: {} });
  },
);
