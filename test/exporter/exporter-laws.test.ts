import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PackLimits, SendOutcome } from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { ExporterBench, type SentRequest } from '../support/exporter-bench.ts';

type Move =
  | { readonly kind: 'export'; readonly tenant: string; readonly sizes: readonly number[] }
  | { readonly kind: 'advance'; readonly millis: number }
  | { readonly kind: 'flush' }
  | { readonly kind: 'shutdown' };

/** How a request is answered; partial answers go by the entry's place. */
const answer = fc.record({
  kind: fc.constantFrom(
    'ok',
    'ok',
    'ok',
    'retry',
    'wait',
    'reject',
    'divide',
    'partial',
    'throw',
    'never',
  ),
  latencyMillis: fc.nat(3000),
  salt: fc.nat(1000),
});

type Answer = typeof answer extends fc.Arbitrary<infer A> ? A : never;

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('export' as const),
      tenant: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      sizes: fc.array(fc.nat(150), { maxLength: 40 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('advance' as const), millis: fc.nat(2000) }),
  },
  fc.record({ kind: fc.constant('flush' as const) }),
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('shutdown' as const) }) },
);

const scenario = fc.record({
  seed: fc.integer(),
  moves: fc.array(move, { minLength: 1, maxLength: 15 }),
  answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
  acknowledge: fc.constantFrom('accepted' as const, 'delivered' as const),
  maxBufferedBytes: fc.integer({ min: 500, max: 50_000 }),
  concurrencyLimit: fc.integer({ min: 1, max: 8 }),
  maxTargets: fc.integer({ min: 1, max: 4 }),
  ordered: fc.boolean(),
  oversize: fc.constantFrom('truncate' as const, 'split' as const, 'drop' as const),
  timeoutMillis: fc.integer({ min: 500, max: 40_000 }),
  maxEntries: fc.integer({ min: 1, max: 20 }),
  lines: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

const MAX_ENTRY_BYTES = 100;
const OVERHEAD_BYTES = 7;
const MAX_REQUEST_BYTES = 600;
const MAX_SPAN_MILLIS = 5000;

function outcomeOf({ kind, salt }: Answer, request: SentRequest): SendOutcome {
  const error = new Error(kind);
  switch (kind) {
    case 'retry':
      return { status: 'retryable', error };
    case 'wait':
      return { status: 'retryable', error, retryAfterMillis: salt * 20 };
    case 'reject':
      return { status: 'rejected', reason: 'too_old', error };
    case 'divide':
      return { status: 'rejected', reason: 'rejected', error, divisible: true };
    case 'partial':
      return {
        status: 'partial',
        entries: request.texts.slice(0, salt % 30).map((_, place) => {
          const fate = (place * 31 + salt) % 4;
          if (fate === 0) return { status: 'retryable', restampMillis: 5 };
          if (fate === 1) return { status: 'rejected', reason: 'too_new' };
          return { status: 'delivered' };
        }),
      };
    case 'throw':
      throw error;
    default:
      return { status: 'delivered' };
  }
}

async function play(
  scene: Scenario & { readonly spreadSeconds?: number },
  check: (bench: ExporterBench) => void,
): Promise<{ readonly bench: ExporterBench; readonly stored: readonly string[] }> {
  const { answers, lines, maxEntries, moves, ordered, spreadSeconds = 13, ...options } = scene;
  const limits: PackLimits = {
    maxEntries,
    maxEntryBytes: MAX_ENTRY_BYTES,
    entryOverheadBytes: OVERHEAD_BYTES,
    maxRequestBytes: MAX_REQUEST_BYTES,
    maxSpanMillis: MAX_SPAN_MILLIS,
    ...(lines === undefined ? {} : { aggregate: { maxLines: lines, maxBytes: MAX_ENTRY_BYTES } }),
  };
  /** Lines that the destination said it has stored. */
  const stored: string[] = [];
  const bench: ExporterBench = new ExporterBench({
    ...options,
    limits,
    destination: {
      ordered,
      delimiter: '\n',
      targetNames: { name: '{attributes.tenant}' },
    },
    send: (request) => {
      const given = answers[request.index % answers.length];
      if (given === undefined || given.kind === 'never') return new Promise(() => {});
      const outcome = outcomeOf(given, request);
      return new Promise((resolve) => {
        bench.runtime.startTimer(() => {
          if (!request.signal.aborted) {
            request.texts.forEach((text, place) => {
              const fate =
                outcome.status === 'partial' ? outcome.entries[place]?.status : outcome.status;
              if (fate === 'delivered') stored.push(...text.split('\n').filter(isNumbered));
            });
          }
          resolve(outcome);
        }, given.latencyMillis);
      });
    },
  });
  let number = 0;
  for (const next of moves) {
    if (next.kind === 'export') {
      const records = next.sizes.map((size) => {
        number += 1;
        const seconds = 1000 + ((number * 7) % spreadSeconds);
        const body = `${number}:`.padEnd(size, '.');
        return createLogRecord({
          body,
          hrTime: [seconds, 0],
          attributes: { tenant: next.tenant },
        });
      });
      bench.exportRecords(records);
    } else if (next.kind === 'advance') await bench.runtime.advance(next.millis);
    else if (next.kind === 'flush') void bench.exporter.forceFlush();
    else void bench.exporter.shutdown();
    check(bench);
  }
  return { bench, stored };
}

/** A record of the scene, not what the exporter itself tells of lost ones. */
const isNumbered = (line: string): boolean => /^\d+:/u.test(line);

/** Held, or waiting for memory. */
const isBusy = ({ stats }: ExporterBench): boolean => stats.inFlight > 0 || stats.bufferedBytes > 0;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

it('whatever happens, the accounts balance at every moment and nothing is left in the end', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const { bench } = await play(scene, (playing) => expect(playing.imbalance()).toBe(0));
      // Of a flush that nobody waited for the summary of what was lost may be on its way only now.
      await bench.runtime.settle();
      // What waits for memory has its time from when it gets it: as many rounds as there are records.
      for (let round = 0; round < 600 && isBusy(bench); round += 1) {
        await bench.flush();
        await bench.runtime.settle();
        expect(bench.imbalance()).toBe(0);
      }
      expect(bench.stats).toMatchObject({ inFlight: 0, bufferedBytes: 0 });
      expect(bench.calls.map(({ answers }) => answers)).toEqual(bench.calls.map(() => 1));
      const told = sumOf(bench.drops.map(({ count }) => count));
      expect(told).toBe(sumOf(Object.values(bench.stats.dropped)));
      await bench.shutdown();
      expect(bench.runtime.holds).toBe(0);
    }),
    { numRuns: 200 },
  );
});

it('whatever happens, a shutdown ends in time and leaves nothing undecided', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const { bench } = await play(scene, () => {});
      const start = bench.runtime.monotonicMillis();
      await bench.shutdown();
      expect(bench.runtime.monotonicMillis() - start).toBeLessThanOrEqual(10_100);
      await bench.runtime.settle();
      expect(bench.imbalance()).toBe(0);
      expect(bench.stats).toMatchObject({ inFlight: 0, bufferedBytes: 0 });
      expect(bench.calls.every(({ answers }) => answers === 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('no request over any limit ever reaches the destination', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const { bench } = await play(scene, () => {});
      await bench.flush();
      for (const { bytes, texts, times } of bench.requests) {
        expect(texts.length).toBeGreaterThan(0);
        expect(texts.length).toBeLessThanOrEqual(scene.maxEntries);
        expect(Math.max(...bytes)).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
        expect(sumOf(bytes) + bytes.length * OVERHEAD_BYTES).toBeLessThanOrEqual(MAX_REQUEST_BYTES);
        const own = times.filter((time) => time !== 5);
        if (own.length > 0) {
          expect(Math.max(...own) - Math.min(...own)).toBeLessThan(MAX_SPAN_MILLIS);
        }
        for (const text of texts) {
          expect(text.split('\n').length - 1).toBeLessThanOrEqual(scene.lines ?? 1);
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('nothing is sent again after the destination has stored it', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const { bench, stored } = await play({ ...scene, oversize: 'drop' }, () => {});
      await bench.flush();
      await bench.shutdown();
      expect(new Set(stored).size).toBe(stored.length);
      expect(bench.stats.delivered).toBe(stored.length);
    }),
    { numRuns: 200 },
  );
});

it('an ordered target sees its records for the first time in the order they were logged', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      // With times that lie apart several requests of a target would be filled side by side.
      const alike = { ...scene, ordered: true, oversize: 'drop' as const, spreadSeconds: 1 };
      const { bench } = await play(alike, () => {});
      await bench.shutdown();
      for (const tenant of new Set(bench.requests.map(({ target }) => target))) {
        const lines = bench.requests
          .filter(({ target }) => target === tenant)
          .flatMap(({ texts }) => texts.flatMap((text) => text.split('\n').filter(isNumbered)));
        const numbers = [...new Set(lines.map((line) => Number.parseInt(line, 10)))];
        expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      }
    }),
    { numRuns: 200 },
  );
});
