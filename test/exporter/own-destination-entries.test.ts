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

const AT_ONCE = { initialBackoffMillis: 1, maxBackoffMillis: 1, backoffMultiplier: 1 };

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

/** Takes memory away from all who have it, in the ways of an application. */
const TRANSFERS: Readonly<Record<string, (memory: ArrayBuffer) => void>> = {
  'to a worker': (memory) => {
    const { port1 } = new MessageChannel();
    port1.postMessage(memory, [memory]);
    port1.close();
  },
  'into a stream of bytes': (memory) => {
    new ReadableStream({
      type: 'bytes',
      start: (stream) => stream.enqueue(new Uint8Array(memory)),
    });
  },
};

it.each(Object.keys(LIES).flatMap((lie) => Object.keys(TRANSFERS).map((way) => [lie, way])))(
  'a destination of the application that transfers memory of entries loses none: %s, %s',
  async (lie = '', way = '') => {
    const { copies = false, fill = 0, limits = ENTRIES } = LIES[lie] ?? {};
    const got: string[] = [];
    const exporter = new DestinationLogRecordExporter({
      destination: {
        name: 'own',
        limits,
        copiesEntries: copies,
        delimiter: '\n',
        async send({ entries }) {
          for (const { bytes } of entries) {
            got.push(Buffer.from(bytes).toString());
            TRANSFERS[way]?.(bytes.buffer as ArrayBuffer);
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
    const numbers = Array.from(got.join('').matchAll(/number (\d+)/g), ([, number]) => number);
    const wanted = Array.from({ length: 15 }, (_, index) => String(index));
    expect(new Set(numbers)).toEqual(new Set(wanted));
    // Where they lie together, requests that were under way when it was seen go again.
    for (const number of wanted)
      expect(numbers.filter((other) => other === number).length).toBeLessThanOrEqual(
        copies ? 2 : 1,
      );
    expect(exporter.stats()).toMatchObject({ delivered: 15, dropped: {}, bufferedBytes: 0 });
  },
);

it('what goes again after a partial answer can be transferred too', async () => {
  const got: string[] = [];
  let calls = 0;
  const exporter = new DestinationLogRecordExporter({
    retry: AT_ONCE,
    destination: {
      name: 'own',
      async send({ entries }) {
        calls += 1;
        if (calls < 3) {
          if (calls === 2)
            structuredClone(0, { transfer: [entries[0]?.bytes.buffer as ArrayBuffer] });
          const rest = entries.slice(1).map(() => ({ status: 'retryable' as const }));
          return { status: 'partial', entries: [{ status: 'delivered' }, ...rest] };
        }
        for (const { bytes } of entries) got.push(Buffer.from(bytes).toString());
        return undefined;
      },
    },
  });
  exporter.export(
    [1, 2, 3, 4].map((number) => makeRecord({ body: `number ${number}` })),
    () => {},
  );
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(got.map((text) => /number \d/.exec(text)?.[0])).toEqual(['number 3', 'number 4']);
  expect(exporter.stats()).toMatchObject({ delivered: 4, dropped: {}, bufferedBytes: 0 });
});

it('an answer that all is refused is not believed where memory was transferred: some was empty', async () => {
  const counts: number[] = [];
  const exporter = new DestinationLogRecordExporter({
    destination: {
      name: 'own',
      copiesEntries: true,
      async send({ entries }) {
        counts.push(entries.length);
        if (counts.length > 1) return undefined;
        structuredClone(0, { transfer: [entries[0]?.bytes.buffer as ArrayBuffer] });
        return { status: 'rejected', reason: 'invalid', error: new Error('empty') };
      },
    },
  });
  exporter.export([makeRecord({ body: 'one' }), makeRecord({ body: 'two' })], () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(counts).toEqual([2, 2]);
  expect(exporter.stats()).toMatchObject({ delivered: 2, dropped: {} });
});

it('a destination of the application that transfers the only entry of a request is believed', async () => {
  let calls = 0;
  const exporter = new DestinationLogRecordExporter({
    destination: {
      name: 'own',
      copiesEntries: true,
      async send({ entries }) {
        calls += 1;
        structuredClone(0, { transfer: [entries[0]?.bytes.buffer as ArrayBuffer] });
      },
    },
  });
  exporter.export([makeRecord({ body: 'alone' })], () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(calls).toBe(1);
  expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: {} });
});

it.each(['throws', 'says what became of each'])(
  'a destination of the application may take entries out of the list that it got: one that %s',
  async (way) => {
    const got: string[] = [];
    let calls = 0;
    const exporter = new DestinationLogRecordExporter({
      retry: AT_ONCE,
      destination: {
        name: 'own',
        async send({ entries }) {
          calls += 1;
          const taken = (entries as PackedEntry[]).splice(0);
          if (calls > 1) {
            for (const { bytes } of taken) got.push(Buffer.from(bytes).toString());
            return undefined;
          }
          if (way === 'throws') throw new Error('reset');
          return { status: 'partial', entries: taken.map(() => ({ status: 'retryable' })) };
        },
      },
    });
    exporter.export([makeRecord({ body: 'one' }), makeRecord({ body: 'two' })], () => {});
    await exporter.forceFlush();
    await exporter.shutdown();
    expect(got.map((text) => /one|two/.exec(text)?.[0])).toEqual(['one', 'two']);
    expect(exporter.stats()).toMatchObject({ delivered: 2, dropped: {}, bufferedBytes: 0 });
  },
);

it.each([false, true])(
  'entries that go to a worker one by one arrive all, with `copiesEntries: %s`',
  async (copiesEntries) => {
    const got: string[] = [];
    const exporter = new DestinationLogRecordExporter({
      retry: AT_ONCE,
      destination: {
        name: 'own',
        copiesEntries,
        async send({ entries }) {
          const { port1 } = new MessageChannel();
          try {
            // The second one throws where the first took its memory away.
            for (const { bytes } of entries) {
              const text = Buffer.from(bytes).toString();
              port1.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
              got.push(text);
            }
          } finally {
            port1.close();
          }
        },
      },
    });
    exporter.export(
      [1, 2, 3].map((number) => makeRecord({ body: `number ${number}` })),
      () => {},
    );
    await exporter.forceFlush();
    await exporter.shutdown();
    const numbers = got
      .map((text) => /number \d/.exec(text)?.[0])
      .filter((text) => text !== undefined);
    expect(new Set(numbers)).toEqual(new Set(['number 1', 'number 2', 'number 3']));
    expect(numbers.length).toBeLessThanOrEqual(copiesEntries ? 4 : 3);
    expect(exporter.stats()).toMatchObject({ delivered: 3, dropped: {}, bufferedBytes: 0 });
  },
);

it('entries may be transferred when they were answered long ago', async () => {
  const kept: Uint8Array[] = [];
  const got: string[] = [];
  const exporter = new DestinationLogRecordExporter({
    destination: {
      name: 'own',
      async send({ entries }) {
        kept.push(...entries.map(({ bytes }) => bytes));
      },
    },
  });
  for (let call = 0; call < 5; call += 1) {
    const records = [1, 2, 3].map((number) => makeRecord({ body: `number ${3 * call + number}` }));
    exporter.export(records, () => {});
    await exporter.forceFlush();
    for (const bytes of kept.splice(0)) {
      got.push(/number \d+/.exec(Buffer.from(bytes).toString())?.[0] ?? 'empty');
      structuredClone(0, { transfer: [bytes.buffer as ArrayBuffer] });
    }
  }
  await exporter.shutdown();
  expect(got).toEqual(Array.from({ length: 15 }, (_, index) => `number ${index + 1}`));
  expect(exporter.stats()).toMatchObject({ delivered: 15, dropped: {} });
});
