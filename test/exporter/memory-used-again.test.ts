import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DestinationRequest } from '../../src/exporter/destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { entryCountOf } from '../../src/exporter/each-entry.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

/** Views as a sender has them, and what was in them when it got them. */
interface Seen {
  readonly views: readonly Uint8Array[];
  readonly texts: readonly string[];
}

const answer = fc.record({
  kind: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'retry', 'divide', 'partial', 'oversized', 'throw'),
  latencyMillis: fc.oneof(fc.nat(50), fc.integer({ min: 9_000, max: 60_000 })),
});
type Answer = typeof answer extends fc.Arbitrary<infer A> ? A : never;

const scenario = fc.record({
  answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
  moves: fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          tenant: fc.constantFrom('a', 'b'),
          sizes: fc.array(fc.nat(6000), { minLength: 20, maxLength: 60 }),
        }),
      },
      { weight: 4, arbitrary: fc.record({ advanceMillis: fc.nat(12_000) }) },
      { weight: 1, arbitrary: fc.constant('takeBack' as const) },
    ),
    { minLength: 20, maxLength: 60 },
  ),
  readsByName: fc.boolean(),
  /** One entry may stand for several. */
  readsEntries: fc.constantFrom(undefined, 'joined' as const, 'each' as const),
  lines: fc.option(fc.integer({ min: 2, max: 30 }), { nil: undefined }),
  isNested: fc.boolean(),
  maxBufferedBytes: fc.constantFrom(4_000_000, 64_000_000),
  oversize: fc.constantFrom('truncate' as const, 'split' as const),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

/** No two bodies are alike, and bytes of one in another's place show. */
const bodyOf = (number: number, size: number): string =>
  `${number}:`.padEnd(size, String.fromCharCode(97 + (number % 26)));

function outcomeOf({ kind }: Answer, { entries }: DestinationRequest): SendOutcome {
  const error = new Error(kind);
  if (kind === 'retry') return { status: 'retryable', error };
  if (kind === 'divide') return { status: 'rejected', reason: 'rejected', error, divisible: true };
  if (kind === 'throw') throw error;
  if (kind === 'ok') return { status: 'delivered' };
  const refused =
    kind === 'partial'
      ? { status: 'retryable' as const }
      : { status: 'rejected' as const, reason: 'too_large' as const, maxEntryBytes: 2500 };
  return {
    status: 'partial',
    entries: Array.from({ length: entryCountOf(entries) }, (_, index) =>
      index % 3 === 0 ? refused : { status: 'delivered' },
    ),
  };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const look = (views: readonly Uint8Array[]): Seen => ({ views, texts: views.map(textOf) });
const isUnchanged = ({ texts, views }: Seen): boolean =>
  views.every((view, index) => textOf(view) === texts[index]);

/** What was logged, as a sender finds it in an entry. */
function bodiesIn({ bytes, nested }: PackedEntry, isJson: boolean): string[] {
  const text = nested === undefined ? textOf(bytes) : String(JSON.parse(`"${textOf(nested)}"`));
  const lines = text.split('\n').slice(0, -1);
  return isJson ? lines.map((line) => (JSON.parse(line) as { body: string }).body) : lines;
}

async function play({
  answers,
  isNested,
  readsEntries,
  lines,
  moves,
  readsByName,
  ...options
}: Scenario): Promise<void> {
  const runtime = new FakeRuntime();
  const written = new Set<string>();
  const isWhole = !answers.some(({ kind }) => kind === 'oversized');
  const faults: string[] = [];
  /** Only who said that all was delivered has read it. */
  const readOn: Seen[] = [];
  let requests = 0;
  const exporter = new DestinationLogRecordExporter(
    {
      ...options,
      encoding: isNested ? 'json' : 'body',
      destination: {
        name: 'late',
        copiesEntries: true,
        ...(readsByName ? { readsByName, readsEntries, nestsText: isNested } : {}),
        delimiter: '\n',
        targetNames: { name: '{attributes.tenant}' },
        limits: {
          maxEntries: 40,
          maxEntryBytes: 40_000,
          maxRequestBytes: 120_000,
          ...(lines === undefined ? {} : { aggregate: { maxLines: lines, maxBytes: 40_000 } }),
        },
        send(request) {
          const given = answers[requests % answers.length];
          requests += 1;
          if (given === undefined) return Promise.resolve();
          const seen = look(request.entries.map(({ bytes, nested }) => nested ?? bytes));
          if (given.kind !== 'ok') readOn.push(seen);
          const found = isWhole
            ? request.entries.flatMap((entry) => bodiesIn(entry, isNested))
            : [];
          for (const body of found)
            if (!written.has(body)) faults.push(`Never exported: ${body.slice(0, 20)}`);
          // It heeds no abort: an attempt that timed out reads on.
          return new Promise((resolve, reject) => {
            runtime.startTimer(() => {
              if (!isUnchanged(seen)) faults.push(`Changed before ${given.kind}`);
              try {
                resolve(outcomeOf(given, request));
              } catch (error) {
                reject(error);
              }
            }, given.latencyMillis);
          });
        },
      },
    },
    runtime,
  );
  const taken: Seen[] = [];
  let number = 0;
  for (const move of moves) {
    if (move === 'takeBack') taken.push(look(exporter.takeBack().entries));
    else if ('advanceMillis' in move) await runtime.advance(move.advanceMillis);
    else {
      const records = move.sizes.map((size) => {
        number += 1;
        const body = bodyOf(number, size);
        written.add(body);
        return createLogRecord({ body, attributes: { tenant: move.tenant } });
      });
      exporter.export(records, () => {});
    }
  }
  await runtime.advanceUntil(exporter.forceFlush());
  await runtime.advance(120_000);
  if (!readOn.every(isUnchanged)) faults.push('Changed though it was not delivered');
  if (!taken.every(isUnchanged)) faults.push('Changed after it was taken back');
  expect(faults).toEqual([]);
  await runtime.advanceUntil(exporter.shutdown());
}

it('whatever happens, bytes stay as they were encoded while anybody may read them', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, (scene) => play(scene)),
    { numRuns: 90 },
  );
}, 60_000);

async function memoryOf(copiesEntries: boolean | undefined): Promise<number> {
  const runtime = new FakeRuntime();
  const memory = new Set<unknown>();
  const exporter = new DestinationLogRecordExporter(
    {
      encoding: 'body',
      destination: {
        name: 'mine',
        ...(copiesEntries === undefined ? {} : { copiesEntries }),
        async send({ entries }) {
          for (const { bytes } of entries) memory.add(bytes.buffer);
        },
      },
    },
    runtime,
  );
  for (let round = 0; round < 50; round += 1) {
    const records = Array.from({ length: 100 }, () => createLogRecord({ body: 'x'.repeat(1000) }));
    exporter.export(records, () => {});
    await runtime.advanceUntil(exporter.forceFlush());
  }
  await runtime.advanceUntil(exporter.shutdown());
  return memory.size;
}

it('the memory of delivered entries is used again where the destination says that it may be', async () => {
  expect(await memoryOf(true)).toBeLessThan(10);
});

it('the memory of entries is never used again for a destination that says nothing', async () => {
  expect(await memoryOf(undefined)).toBe(5000);
});
