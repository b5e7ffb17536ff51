import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventFrame } from '../../src/destinations/cloudwatch-logs/event-frame.ts';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { entryCountOf, forEachEntry } from '../../src/exporter/each-entry.ts';
import { separateEntries } from '../../src/exporter/joined-entries.ts';
import type { GapBehind } from '../../src/pack/gap-behind.ts';
import type { EntryOutcome, SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

const call = fc.record({
  records: fc.array(
    fc.record({
      tenant: fc.constantFrom('a', 'a', 'a', 'b'),
      size: fc.oneof(fc.nat(60), fc.nat(60), fc.nat(2500)),
    }),
    { maxLength: 60 },
  ),
  advanceMillis: fc.constantFrom(0, 0, 1, 500),
});

const answer = fc.record({
  kind: fc.constantFrom(
    'ok',
    'ok',
    'retry',
    'divide',
    'first',
    'mixed',
    'mixed',
    'throw',
    'smaller',
    'short',
  ),
  salt: fc.nat(1000),
});

const scenario = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 8 }),
  answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
  acknowledge: fc.constantFrom('accepted' as const, 'delivered' as const),
  reads: fc.constantFrom('each' as const, 'apart' as const),
  gap: fc.boolean(),
  /** Text as in a JSON string, with a frame or without. */
  form: fc.constantFrom('plain' as const, 'nested' as const, 'framed' as const),
  lines: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  maxEntries: fc.integer({ min: 1, max: 40 }),
  copies: fc.boolean(),
  ordered: fc.boolean(),
  oversize: fc.constantFrom('truncate' as const, 'drop' as const, 'split' as const),
  /** Of which bodies are. */
  filler: fc.constantFrom('.', '"', '\\', '\n', 'é', '\u0001', '😀'),
  delimiter: fc.constantFrom('\n', ''),
  maxBufferedBytes: fc.constantFrom(3_000, 20_000, 67_108_864),
  maxTargets: fc.constantFrom(1, 64),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

const gapBehind: GapBehind = (length) => length % 3;

const textOf = ({ bytes }: { readonly bytes: Uint8Array }): string => Buffer.from(bytes).toString();

const numbersIn = (text: string): number[] =>
  Array.from(text.matchAll(/<(\d+):/gu), ([, number]) => Number(number));

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

async function play(scene: Scenario) {
  const runtime = new FakeRuntime();
  const delivered: number[] = [];
  /** By target, also what was sent again. */
  const seen = new Map<string, readonly number[]>();
  /** Requests that were not what they should be. */
  const mistakes: unknown[] = [];
  const { answers, calls, lines, reads } = scene;
  let index = 0;
  const destination: BuiltInDestination = {
    name: 'ours',
    limits: {
      maxEntries: scene.maxEntries,
      maxEntryBytes: 2_000,
      maxRequestBytes: 4_000,
      ...(lines === undefined || scene.delimiter === ''
        ? {}
        : { aggregate: { maxLines: lines, maxBytes: 2_000 } }),
    },
    delimiter: scene.delimiter,
    ordered: scene.ordered,
    ...(scene.copies ? { copiesEntries: true } : {}),
    readsByName: true,
    readsEntries: 'each',
    ...(scene.gap ? { gapBehind } : {}),
    ...(scene.form === 'plain' ? {} : { nestsText: true }),
    ...(scene.form === 'framed' ? { frame: createEventFrame() } : {}),
    targetNames: { tenant: '{attributes.tenant}' },
    async send({ entries, target }) {
      const texts: string[] = [];
      if (reads === 'each')
        forEachEntry(entries, (memory, start, end, _time, isNested) => {
          const bytes = Buffer.from(memory.subarray(start, end)).toString();
          texts.push(isNested ? JSON.parse(`"${bytes}"`) : bytes);
        });
      else texts.push(...separateEntries(entries).map(textOf));
      const isOneByOne = texts.length === entryCountOf(entries);
      const isWhole = texts.join('') === entries.map(textOf).join('');
      if (!isOneByOne || !isWhole || texts.length > scene.maxEntries) mistakes.push(texts);
      const known = seen.get(target.key) ?? [];
      seen.set(target.key, [...known, ...texts.flatMap(numbersIn)]);
      const given = answers[index % answers.length];
      index += 1;
      const outcome =
        index > 400
          ? { status: 'delivered' as const }
          : outcomeOf(given?.kind ?? 'ok', given?.salt ?? 0, texts.length);
      texts.forEach((text, place) => {
        const fate = outcome.status === 'partial' ? outcome.entries[place]?.status : outcome.status;
        if (fate === 'delivered') delivered.push(...numbersIn(text));
      });
      if (given?.kind === 'throw' && outcome.status !== 'delivered') throw new Error('thrown');
      return outcome;
    },
  };
  const dropped: number[] = [];
  const exporter = new DestinationLogRecordExporter(
    {
      destination,
      encoding: scene.form === 'plain' ? 'body' : 'json',
      acknowledge: scene.acknowledge,
      oversize: scene.oversize,
      maxTargets: scene.maxTargets,
      timeoutMillis: 1e6,
      flushTimeoutMillis: 1e8,
      maxBufferedBytes: scene.maxBufferedBytes,
      onDrop: ({ count }) => dropped.push(count),
      retry: { initialBackoffMillis: 1, maxBackoffMillis: 1 },
    },
    runtime,
  );
  let number = 0;
  let answered = 0;
  for (const { advanceMillis, records } of calls) {
    exporter.export(
      records.map(({ size, tenant }) => {
        number += 1;
        return createLogRecord({
          body: `<${number}:${scene.filler.repeat(size)}>`,
          attributes: { tenant },
        });
      }),
      () => {
        answered += 1;
      },
    );
    await runtime.advance(advanceMillis);
  }
  await runtime.advanceUntil(exporter.forceFlush(), 1e9);
  const stats = exporter.stats();
  const answeredCalls = answered;
  await runtime.advanceUntil(exporter.shutdown());
  return { stats, delivered, seen, mistakes, number, answered: answeredCalls, dropped };
}

function outcomeOf(kind: string, salt: number, count: number): SendOutcome {
  const error = new Error(kind);
  const partial = (of: (place: number) => EntryOutcome, n = count): SendOutcome => ({
    status: 'partial',
    entries: Array.from({ length: n }, (_, place) => of(place)),
    retryAfterMillis: 0,
  });
  switch (kind) {
    case 'retry':
    case 'throw':
      return { status: 'retryable', error };
    case 'divide':
      return { status: 'rejected', reason: 'rejected', error, divisible: true };
    case 'first':
      return partial((place) =>
        place < salt % (count + 1) ? { status: 'delivered' } : { status: 'retryable', error },
      );
    case 'short':
      return partial(() => ({ status: 'delivered' }), salt % (count + 1));
    case 'smaller':
      return partial((place) =>
        (place + salt) % 3 === 0
          ? { status: 'rejected', reason: 'too_large', maxEntryBytes: 500 }
          : { status: 'delivered' },
      );
    case 'mixed':
      return partial((place) => {
        const fate = (place * 31 + salt) % 5;
        if (fate === 0) return { status: 'retryable', restampMillis: 5 };
        if (fate === 1) return { status: 'rejected', reason: 'too_new' };
        if (fate === 2) return { status: 'retryable' };
        return { status: 'delivered' };
      });
    default:
      return { status: 'delivered' };
  }
}

it('each record that shares an entry arrives once or is counted, whatever parts the entry', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const { delivered, mistakes, number, stats, answered, dropped } = await play(scene);
      const lost = sumOf(Object.values(stats.dropped));
      expect(mistakes).toEqual([]);
      expect(stats).toMatchObject({ exported: number, inFlight: 0, bufferedBytes: 0 });
      expect(stats.delivered + lost).toBe(number);
      expect(new Set(delivered).size).toBe(delivered.length);
      // Of a record in parts the first may have arrived, and another not.
      if (scene.oversize !== 'split') expect(stats.delivered).toBe(delivered.length);
      expect(stats.delivered).toBeLessThanOrEqual(delivered.length);
      expect(answered).toBe(scene.calls.length);
      expect(sumOf(dropped)).toBe(lost);
    }),
    { numRuns: 200 },
  );
});

it('records that share an entry are seen first in their order', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const scene = { ...given, ordered: true };
      const { seen } = await play(scene);
      for (const numbers of seen.values()) {
        const first = [...new Set(numbers)];
        expect(first).toEqual([...first].sort((a, b) => a - b));
      }
    }),
    { numRuns: 200 },
  );
});
