import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SendOutcome } from '../../src/index.ts';
import { ExporterBench } from '../support/exporter-bench.ts';
import { delivered, neverAnswers, rejected, retryable } from '../support/outcomes.ts';

const MAX_BUFFERED_BYTES = 500_000;
const MAX_RECORD_BYTES = 200_000;

type Answer = 'delivered' | 'retryable' | 'rejected' | 'never' | 'late' | 'too large' | 'throws';
const scenario = fc.record({
  sizes: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 50_000, max: MAX_RECORD_BYTES }) },
      { weight: 1, arbitrary: fc.integer({ min: MAX_RECORD_BYTES, max: 600_000 }) },
    ),
    { minLength: 10, maxLength: 80 },
  ),
  callSize: fc.integer({ min: 1, max: 40 }),
  answers: fc.array(
    fc.constantFrom<Answer>(
      ...(['delivered', 'retryable', 'rejected', 'never', 'late', 'too large', 'throws'] as const),
    ),
    { minLength: 1, maxLength: 12 },
  ),
  oversize: fc.constantFrom('truncate' as const, 'split' as const, 'drop' as const),
  acknowledge: fc.constantFrom('accepted' as const, 'delivered' as const),
  maxEntryBytes: fc.constantFrom(20_000, MAX_RECORD_BYTES),
  targets: fc.integer({ min: 1, max: 4 }),
  clockStepMillis: fc.constantFrom(0, 0.3),
});

// Whatever happens, and looked at whenever anything happens.
it('the memory for records never exceeds its bound by more than a tenth', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const { acknowledge, answers, callSize, maxEntryBytes, oversize, sizes, targets } = given;
      let most = 0;
      const look = (): void => {
        most = Math.max(most, bench.stats.bufferedBytes);
      };
      const outcomeOf = (
        answer: Answer | undefined,
        count: number,
      ): SendOutcome | Promise<SendOutcome> => {
        switch (answer) {
          case 'retryable':
            return retryable();
          case 'rejected':
            return rejected({ divisible: true });
          case 'never':
            return neverAnswers;
          case 'throws':
            throw new Error('a bug');
          case 'too large':
            return {
              status: 'partial',
              entries: Array.from({ length: count }, () => ({
                status: 'rejected',
                reason: 'too_large',
                error: new Error('too large'),
                maxEntryBytes: 10_000,
              })),
            };
          case 'late':
            return new Promise((resolve) => {
              bench.runtime.startTimer(() => resolve(delivered), 700);
            });
          default:
            return delivered;
        }
      };
      const bench: ExporterBench = new ExporterBench({
        acknowledge,
        oversize,
        maxBufferedBytes: MAX_BUFFERED_BYTES,
        timeoutMillis: 3000,
        limits: { maxEntries: 20, maxRequestBytes: MAX_RECORD_BYTES, maxEntryBytes },
        destination: { targetNames: { name: '{attributes.target}' } },
        encoding: {
          name: 'own',
          contentType: 'text/plain',
          isText: true,
          encode({ body }) {
            look();
            return String(body);
          },
        },
        onDrop: look,
        send: ({ index, texts }) => {
          look();
          const answer = answers[index % answers.length];
          return Promise.resolve(outcomeOf(answer, texts.length)).finally(look);
        },
      });
      bench.runtime.clockStepMillis = given.clockStepMillis;
      for (let start = 0; start < sizes.length; start += callSize) {
        const target = String(start % targets);
        bench.export(
          sizes.slice(start, start + callSize).map((size) => 'x'.repeat(size)),
          { attributes: { target } },
        );
        look();
        await bench.runtime.settle();
        look();
        await bench.runtime.advance(start % 7 === 0 ? 100 : 1);
        look();
      }
      await bench.shutdown();
      look();
      expect(most).toBeLessThanOrEqual(1.1 * MAX_BUFFERED_BYTES);
      expect(bench.stats).toMatchObject({ bufferedBytes: 0, inFlight: 0, exported: sizes.length });
      expect(bench.imbalance()).toBe(0);
    }),
    { numRuns: 60 },
  );
});

it('a record that is larger than the memory is taken when nothing else is held', async () => {
  const bench = new ExporterBench({ maxBufferedBytes: 10_000, limits: { maxEntries: 1 } });
  const call = bench.export(['a'.repeat(9000), 'b'.repeat(50_000), 'c'.repeat(9000)]);
  await bench.flush();
  expect(bench.texts.map((text) => text[0])).toEqual(['a', 'b', 'c']);
  expect(call.answers).toBe(1);
});

it('a record that waits for room is encoded once for each change of it, not again and again', async () => {
  let encoded = 0;
  const bench = new ExporterBench({
    maxBufferedBytes: 100_000,
    timeoutMillis: 60_000,
    limits: { maxEntries: 1 },
    encoding: {
      name: 'own',
      contentType: 'text/plain',
      isText: true,
      encode({ body }) {
        encoded += 1;
        return String(body);
      },
    },
    send: ({ index }) => (index === 0 ? neverAnswers : delivered),
  });
  bench.export(['a'.repeat(60_000), 'b'.repeat(60_000)]);
  await bench.runtime.advance(5_000);
  expect(encoded).toBe(2);
  expect(bench.requests).toHaveLength(1);
  await bench.runtime.advance(60_000);
  expect(new Set(bench.texts.map((text) => text[0]))).toEqual(new Set(['a', 'b']));
});

it('a record that waits for room keeps its number', async () => {
  const bench = new ExporterBench({
    encoding: 'json',
    maxBufferedBytes: 100_000,
    limits: { maxEntries: 1 },
    destination: { numbered: true },
    send: ({ index }) =>
      index === 0
        ? new Promise((resolve) => bench.runtime.startTimer(() => resolve(delivered), 1000))
        : delivered,
  });
  bench.export(['a'.repeat(60_000), 'b'.repeat(60_000)]);
  await bench.flush();
  const numbers = bench.texts.map((text): number => JSON.parse(text).sequence.number);
  expect(numbers).toEqual([1, 2]);
});
