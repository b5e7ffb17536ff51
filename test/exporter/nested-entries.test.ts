import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import {
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
} from '../../src/exporter/destination-log-record-exporter.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import { hostileRecord, made } from '../encode/support/hostile-values.ts';
import { makeRecord } from '../encode/support/records.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

const NESTING = {
  copiesEntries: true,
  nestsText: true,
  readsByName: true,
} satisfies Partial<BuiltInDestination>;

interface Sent {
  readonly text: string;
  readonly nested: string | undefined;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const seen = ({ bytes, nested }: PackedEntry): Sent => ({
  text: textOf(bytes),
  nested: nested && textOf(nested),
});

/** What a destination gets of the records, entry by entry and request by request. */
async function requestsOf(
  records: readonly ReturnType<typeof makeRecord>[],
  destination: Partial<BuiltInDestination>,
  options: Partial<DestinationLogRecordExporterOptions> = {},
): Promise<Sent[][]> {
  const runtime = new FakeRuntime();
  const requests: Sent[][] = [];
  const exporter = new DestinationLogRecordExporter(
    {
      ...options,
      destination: {
        name: 'nesting',
        ...destination,
        async send({ entries }) {
          requests.push(entries.map(seen));
        },
      },
    },
    runtime,
  );
  exporter.export([...records], () => {});
  await runtime.advanceUntil(exporter.forceFlush());
  await runtime.advanceUntil(exporter.shutdown());
  return requests;
}

const sizes = {
  maxEntries: 7,
  maxEntryBytes: 9_000,
  maxRequestBytes: 20_000,
  entryOverheadBytes: 26,
};
const lines = { ...sizes, aggregate: { maxLines: 5, maxBytes: 9_000 } };

it('has the text of each entry, and the same as it stands in a JSON string', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostileRecord, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(sizes, lines),
      fc.constantFrom('', '\n'),
      async (recipes, limits, delimiter) => {
        const records = recipes.map((fields) => makeRecord(made(fields)));
        const limited = { copiesEntries: true, readsByName: true, delimiter, limits } as const;
        const entries = (await requestsOf(records, { ...limited, nestsText: true })).flat();
        for (const { nested, text } of entries) {
          if (nested !== undefined) expect(nested).toBe(JSON.stringify(text).slice(1, -1));
        }
        const plain = (await requestsOf(records, limited)).flat();
        expect(entries.map(({ text }) => text)).toEqual(plain.map(({ text }) => text));
      },
    ),
    { numRuns: 150 },
  );
});

it('lies nested unless the record had to be cut, whatever memory it is in', async () => {
  const sizesOfBodies = Array.from({ length: 300 }, (_, index) => (index * 37) % 8_000);
  const records = sizesOfBodies.map((size) => makeRecord({ body: 'x'.repeat(size) }));
  for (const limits of [sizes, lines]) {
    const entries = (await requestsOf(records, { ...NESTING, delimiter: '\n', limits })).flat();
    for (const { nested, text } of entries) expect(nested).toBe(JSON.stringify(text).slice(1, -1));
  }
});

it('counts against every limit what the service counts: the text by itself', async () => {
  const quotes = (count: number) => makeRecord({ body: '"'.repeat(count) });
  const empty = Buffer.byteLength(jsonEncoder().encode(quotes(0)));
  // Each quote is two bytes, and four as it stands in a string.
  const counts = Array.from({ length: 60 }, (_, index) => (index * 977) % ((9_000 - empty) >> 1));
  for (const limits of [sizes, lines]) {
    const requests = await requestsOf(counts.map(quotes), { ...NESTING, limits });
    const bytesOf = (request: readonly Sent[]): number[] =>
      request.map(({ text }) => Buffer.byteLength(text));
    for (const request of requests) {
      expect(Math.max(...bytesOf(request))).toBeLessThanOrEqual(limits.maxEntryBytes);
      const sum = bytesOf(request).reduce((total, bytes) => total + bytes + 26, 0);
      expect(sum).toBeLessThanOrEqual(limits.maxRequestBytes);
    }
    const plain = await requestsOf(counts.map(quotes), { copiesEntries: true, limits });
    expect(requests.map(bytesOf)).toEqual(plain.map(bytesOf));
  }
});

it('counts what is held, but tells the bytes of the text', async () => {
  const runtime = new FakeRuntime();
  let answer = (): void => {};
  const exporter = new DestinationLogRecordExporter(
    {
      destination: {
        name: 'nesting',
        ...NESTING,
        send: () =>
          new Promise((resolve) => {
            answer = () => resolve({ status: 'delivered' });
          }),
      },
    },
    runtime,
  );
  const record = makeRecord({ body: '"'.repeat(1_000) });
  exporter.export([record], () => {});
  const flushed = exporter.forceFlush();
  await runtime.advance(1);
  expect(exporter.stats().bufferedBytes).toBeGreaterThan(4_000);
  expect(exporter.stats().bytes).toBe(jsonEncoder().encode(record).length);
  answer();
  await runtime.advanceUntil(flushed);
  expect(exporter.stats()).toMatchObject({ bufferedBytes: 0, delivered: 1 });
  await runtime.advanceUntil(exporter.shutdown());
});

it('joins a record that was cut with those that were not', async () => {
  const bodies = ['"a"', '"'.repeat(50_000), '\\b\n'];
  const limits = {
    ...lines,
    maxRequestBytes: 40_000,
    aggregate: { maxLines: 9, maxBytes: 30_000 },
  };
  const requests = await requestsOf(
    bodies.map((body) => makeRecord({ body })),
    { ...NESTING, delimiter: '\n', limits },
  );
  const documents = requests
    .flat()
    .flatMap(({ text }) => text.trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(documents.map(({ body }) => String(body).slice(0, 3))).toEqual(['"a"', '"""', '\\b\n']);
  expect(documents.map(({ truncated }) => truncated !== undefined)).toEqual([false, true, false]);
});

it.each([
  ['a destination that says nothing', {}, {}],
  ['a destination of the application', { copiesEntries: true, nestsText: true }, {}],
  ['an encoding without a fast way', NESTING, { encoding: 'body' as const }],
  ['an encoder of the application', NESTING, { encoding: jsonEncoder() }],
  ['another delimiter', { ...NESTING, delimiter: '\r\n' }, {}],
])('nests nothing for %s', async (_case, destination, options) => {
  const entries = (await requestsOf([makeRecord(), makeRecord()], destination, options)).flat();
  expect(entries.map(({ nested }) => nested)).toEqual([undefined, undefined]);
});
