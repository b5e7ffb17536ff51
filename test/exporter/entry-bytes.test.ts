import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { DestinationRequest } from '../../src/exporter/destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { entryCountOf, forEachEntry } from '../../src/exporter/each-entry.ts';
import { separateEntries } from '../../src/exporter/joined-entries.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { NotedExpectations } from '../support/noted-expectations.ts';

const NEWLINE = 0x0a;
const MAX_ENTRY_BYTES = 300_000;

/** Around what is kept in shared memory, and what one piece of it holds. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.nat(700) },
  { weight: 2, arbitrary: fc.integer({ min: 8_000, max: 8_300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 65_000, max: 66_000 }) },
  { weight: 1, arbitrary: fc.nat(200_000) },
);

const scenario = fc.record({
  encoding: fc.constantFrom(
    'json' as const,
    'body' as const,
    'otlp-json' as const,
    'msgpack' as const,
    'own' as const,
  ),
  /**
   * `lazy` is what the destinations of this package are, and with `joins` one entry may stand for several; a user's
   * may copy an entry by `...`.
   */
  kind: fc.constantFrom('lazy' as const, 'joins' as const, 'copies' as const, 'keeps' as const),
  lines: fc.option(fc.integer({ min: 2, max: 30 }), { nil: undefined }),
  calls: fc.array(
    fc.record({
      sizes: fc.array(size, { minLength: 1, maxLength: 60 }),
      tenants: fc.constantFrom(['a'], ['b'], ['a', 'a', 'a', 'b']),
      /** Its body is read by a getter that exports one more. */
      isNested: fc.boolean(),
      waitsMillis: fc.nat(3000),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  answers: fc.array(fc.constantFrom('ok', 'ok', 'retry', 'divide', 'partial', 'restamp'), {
    minLength: 1,
    maxLength: 5,
  }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

const own = {
  name: 'own',
  contentType: 'text/plain',
  isText: true,
  encode: ({ body }: ReadableLogRecord) => `<${body}>`,
};

function outcomeOf(answer: string, { entries }: DestinationRequest): SendOutcome {
  const error = new Error(answer);
  if (answer === 'retry') return { status: 'retryable', error };
  const count = entryCountOf(entries);
  if (answer === 'divide' && count > 1)
    return { status: 'rejected', reason: 'rejected', error, divisible: true };
  if (answer === 'partial' || answer === 'restamp') {
    return {
      status: 'partial',
      entries: Array.from({ length: count }, (_, index) => {
        if (index % 3 !== 0) return { status: 'delivered' };
        return answer === 'partial'
          ? { status: 'retryable' }
          : { status: 'retryable', restampMillis: 5 };
      }),
    };
  }
  return { status: 'delivered' };
}

/** The records of a text; the bytes themselves where nothing ends a record. */
function linesOf(bytes: Uint8Array, isText: boolean): string[] {
  if (!isText) return [Buffer.from(bytes).toString('latin1')];
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start) + 1;
    if (end === 0) throw new Error('The last line has no end');
    lines.push(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
    start = end;
  }
  return lines;
}

async function play({ answers, calls, encoding, kind, lines }: Scenario): Promise<void> {
  const runtime = new FakeRuntime();
  const encoder = encoding === 'own' ? own : createEncoder(encoding, {});
  const expected: string[] = [];
  const delivered: string[] = [];
  const drops: unknown[] = [];
  const bySequence = new Map<number, string>();
  const noted = new NotedExpectations();
  let requests = 0;
  const exporter = new DestinationLogRecordExporter(
    {
      encoding: encoding === 'own' ? own : encoding,
      timeoutMillis: 600_000,
      onDrop: (drop) => drops.push(drop),
      destination: {
        name: 'late',
        copiesEntries: kind !== 'keeps',
        ...(kind === 'lazy' ? { readsByName: true } : {}),
        ...(kind === 'joins' ? { readsByName: true, readsEntries: 'each' } : {}),
        delimiter: '\n',
        targetNames: { name: '{attributes.tenant}' },
        limits: {
          maxEntries: 50,
          maxEntryBytes: MAX_ENTRY_BYTES,
          maxRequestBytes: 2 * MAX_ENTRY_BYTES,
          ...(lines === undefined || !encoder.isText
            ? {}
            : { aggregate: { maxLines: lines, maxBytes: 100_000 } }),
        },
        send(request) {
          // One after the last is good: a record that is refused for ever is dropped in the end.
          const answer = requests < 100 ? (answers[requests % (answers.length + 1)] ?? 'ok') : 'ok';
          requests += 1;
          const outcome = outcomeOf(answer, request);
          const isOurs = kind === 'lazy' || kind === 'joins';
          const entries = isOurs
            ? separateEntries(request.entries)
            : request.entries.map((one) => ({ ...one }));
          for (const { bytes, sequence } of entries) {
            const text = Buffer.from(bytes).toString('latin1');
            noted.check(() => expect(bySequence.get(sequence) ?? text).toBe(text));
            bySequence.set(sequence, text);
          }
          const read = entries.map(({ bytes }) => linesOf(bytes, encoder.isText));
          const visited: string[] = [];
          forEachEntry(request.entries, (memory, start, end) => {
            visited.push(Buffer.from(memory.subarray(start, end)).toString('latin1'));
          });
          noted.check(() =>
            expect(visited).toEqual(
              entries.map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
            ),
          );
          read.forEach((texts, index) => {
            const fate = outcome.status === 'partial' ? outcome.entries[index] : outcome;
            if (fate?.status === 'delivered') delivered.push(...texts);
          });
          return new Promise((resolve) => runtime.startTimer(() => resolve(outcome), 20));
        },
      },
    },
    runtime,
  );
  let number = 0;
  const recordOf = (length: number, tenant: string): ReadableLogRecord => {
    number += 1;
    const body =
      length === 0 ? '' : `${number}é`.padEnd(length, String.fromCharCode(97 + (number % 26)));
    const record = createLogRecord({ body, attributes: { tenant } });
    const bytes = Buffer.from(encoder.encode(record));
    expected.push(`${bytes.toString('latin1')}${encoder.isText ? '\n' : ''}`);
    return record;
  };
  for (const { isNested, sizes, tenants, waitsMillis } of calls) {
    const records = sizes.map((length, index) =>
      recordOf(length, tenants[index % tenants.length] ?? ''),
    );
    const [first] = records;
    if (isNested && first !== undefined) {
      const { body } = first;
      let isRead = false;
      const nesting = Object.defineProperty({ ...first }, 'body', {
        get() {
          if (!isRead) exporter.export([recordOf(300, 'a')], () => {});
          isRead = true;
          return body;
        },
      });
      records[0] = nesting;
    }
    exporter.export(records, () => {});
    await runtime.advance(waitsMillis);
  }
  await runtime.advanceUntil(exporter.forceFlush());
  await runtime.advance(600_000);
  await runtime.advanceUntil(exporter.forceFlush());
  noted.confirm();
  expect(drops).toEqual([]);
  const sorted = delivered.sort();
  const wanted = expected.sort();
  expect(sorted.length).toBe(wanted.length);
  expect(sorted.every((line, index) => line === wanted[index])).toBe(true);
  await runtime.advanceUntil(exporter.shutdown());
}

it('whatever happens, a destination gets each record as the encoder makes it alone', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, (scene) => play(scene)),
    { numRuns: 80 },
  );
}, 60_000);
