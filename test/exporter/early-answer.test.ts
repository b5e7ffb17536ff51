import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect, it } from 'vitest';
import type { EntryOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord, createResource } from '../../src/testing/index.ts';
import { ExporterBench, type ExporterBenchOptions, isSuccess } from '../support/exporter-bench.ts';

const COUNT = 100;
const limits = { maxEntries: 1000, maxRequestBytes: 1e7, maxEntryBytes: 1e6 };
/** A record of so many characters may be larger than `limits` allow. */
const LARGE = 'x'.repeat(200_000);
const ownEncoder = {
  name: 'own',
  contentType: 'text/plain',
  isText: true,
  encode: ({ body }: { readonly body?: unknown }) => String(body),
};

/** How often a call that takes many slices was answered before the second of them, with success in the end. */
async function answersInFirstSlice(
  options: ExporterBenchOptions = {},
  body = 'x',
): Promise<number> {
  const bench = new ExporterBench({ encoding: 'json', limits, ...options });
  bench.runtime.clockStepMillis = 1;
  const call = bench.export(new Array<string>(COUNT).fill(body));
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  const { answers } = call;
  expect(bench.runtime.turns).toBe(0);
  expect(bench.stats.inFlight).toBe(COUNT);
  await bench.flush();
  expect(bench.stats.delivered).toBe(COUNT);
  expect([call.answers, isSuccess(call)]).toEqual([1, true]);
  return answers;
}

it('a call is answered when its records are bounded and sure to fit, though they wait for their turn', async () => {
  expect(await answersInFirstSlice()).toBe(1);
});

it.each<[string, ExporterBenchOptions, string?]>([
  ['they are more than the memory that is left', { maxBufferedBytes: 10_000 }],
  ['they are much work', { maxBufferedBytes: 1e8 }, 'x'.repeat(50_000)],
  ['one may be too large', { limits: { ...limits, maxEntryBytes: 3000 } }, 'x'.repeat(2000)],
  ['an own encoder may refuse one', { encoding: ownEncoder }],
  ['one may be too short', { encoding: 'body', limits: { ...limits, minEntryBytes: 1 } }],
  ['they are to be delivered first', { acknowledge: 'delivered' }],
  ['what is too large is dropped', { oversize: 'drop' }],
  ['much is added to each', { staticFields: { large: LARGE } }],
])('a call waits until its records are packed where %s', async (_, options, body) => {
  expect(await answersInFirstSlice(options, body)).toBe(0);
});

it('what is taken back after the answer is handed back and counted', async () => {
  const bench = new ExporterBench({ encoding: 'json', limits });
  bench.runtime.clockStepMillis = 1;
  const call = bench.export(new Array<string>(COUNT).fill('x'));
  const { entries, records } = bench.exporter.takeBack();
  await bench.runtime.settle();
  expect(entries.length + records.length).toBe(COUNT);
  expect(call.answers).toBe(1);
  expect(bench.stats).toMatchObject({ dropped: { shut_down: COUNT }, inFlight: 0 });
});

it.each<[string, () => ReadableLogRecord]>([
  ['in nested objects', () => createLogRecord({ body: { event: { text: LARGE } } })],
  ['in a list', () => createLogRecord({ body: 'x', attributes: { list: [LARGE] } })],
  ['in a late attribute', () => createLogRecord({ attributes: withLateText() })],
  ['in a large object', () => createLogRecord({ body: withLateText() })],
  ['in the resource', () => createLogRecord({ resource: createResource({ large: LARGE }) })],
  ['in the scope', () => createLogRecord({ instrumentationScope: { name: LARGE } })],
])('a call waits until its records are packed where much is %s', async (_, create) => {
  const bench = new ExporterBench({ encoding: 'json', limits });
  bench.runtime.clockStepMillis = 1;
  const small = Array.from({ length: COUNT }, () => createLogRecord());
  const call = bench.exportRecords([...small, create()]);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect(call.answers).toBe(0);
  await bench.flush();
  expect(isSuccess(call)).toBe(true);
});

it('a call waits until its records are packed when its target takes less than was known', async () => {
  const tooLarge: EntryOutcome = {
    status: 'rejected',
    reason: 'too_large',
    maxEntryBytes: 1000,
  };
  const bench = new ExporterBench({
    encoding: 'json',
    limits,
    send: ({ bytes }) => ({
      status: 'partial',
      entries: bytes.map((length) => (length > 1000 ? tooLarge : { status: 'delivered' })),
    }),
  });
  bench.export(['x'.repeat(3000)]);
  await bench.flush();
  bench.runtime.clockStepMillis = 1;
  const call = bench.export(new Array<string>(COUNT).fill('x'));
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect(call.answers).toBe(0);
});

it('a call of the batch processor is answered early however slow the machine is', async () => {
  const bench = new ExporterBench({ encoding: 'json', limits });
  bench.runtime.clockStepMillis = 5;
  const call = bench.export(new Array<string>(512).fill('x'));
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect([call.answers, bench.runtime.turns]).toEqual([1, 0]);
  await bench.flush();
  expect(bench.stats.delivered).toBe(512);
});

it('a call of so many records that looking at them takes long waits until they are packed', async () => {
  const bench = new ExporterBench({ encoding: 'json', limits });
  bench.runtime.clockStepMillis = 1;
  const call = bench.export(new Array<string>(1000).fill('x'));
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect(call.answers).toBe(0);
});

it('a call that waits because there is much work is answered as soon as less of it is left', async () => {
  const bench = new ExporterBench({ encoding: 'json', limits, maxBufferedBytes: 1e8 });
  bench.runtime.clockStepMillis = 1;
  const text = 'x'.repeat(15_000);
  const records = Array.from({ length: COUNT }, () => createLogRecord({ body: text }));
  let turnsUntilAnswer = 0;
  bench.exporter.export(records, () => {
    turnsUntilAnswer = bench.runtime.turns;
  });
  await bench.flush();
  expect(turnsUntilAnswer).toBeGreaterThan(0);
  expect(turnsUntilAnswer).toBeLessThan(bench.runtime.turns / 2);
  expect(bench.stats).toMatchObject({ exported: COUNT, delivered: COUNT });
});

it('every call that waits is answered when there is room, each once', async () => {
  const bench = new ExporterBench({ encoding: 'json', limits, maxBufferedBytes: 1e8 });
  bench.runtime.clockStepMillis = 1;
  const calls = Array.from({ length: 8 }, () =>
    bench.export(new Array(20).fill('x'.repeat(50_000))),
  );
  await bench.flush();
  expect(calls.map(({ answers }) => answers)).toEqual(calls.map(() => 1));
  expect(bench.stats).toMatchObject({ exported: 160, delivered: 160 });
});

it('what many calls brought is packed in fewer turns than as much of one call', async () => {
  const turns = async (calls: number): Promise<number> => {
    const bench = new ExporterBench({ encoding: 'json', limits });
    bench.runtime.clockStepMillis = 0.5;
    for (let call = 0; call < calls; call += 1)
      bench.export(new Array<string>(480 / calls).fill('x'));
    await bench.flush();
    expect(bench.stats.delivered).toBe(480);
    return bench.runtime.turns;
  };
  expect(await turns(12)).toBeLessThan(0.75 * (await turns(1)));
});

it('calls that waited together for their resource are answered in several turns', async () => {
  const bench = new ExporterBench({ encoding: 'json', limits });
  let end = (): void => {};
  const attributes = new Promise<void>((resolve) => {
    end = resolve;
  });
  const resource = Object.assign(createResource({}), {
    asyncAttributesPending: true,
    waitForAsyncAttributes: () => attributes,
  });
  const answersByTurn = new Map<number, number>();
  for (let call = 0; call < 2000; call += 1) {
    bench.exporter.export([createLogRecord({ resource })], () => {
      const { turns } = bench.runtime;
      answersByTurn.set(turns, (answersByTurn.get(turns) ?? 0) + 1);
    });
  }
  bench.runtime.clockStepMillis = 1;
  Object.assign(resource, { asyncAttributesPending: false });
  end();
  await bench.flush();
  expect(bench.stats.delivered).toBe(2000);
  expect(Math.max(...answersByTurn.values())).toBeLessThan(300);
});

/** Its large text comes after more than is looked at. */
function withLateText(): Record<string, string> {
  const entries = Array.from({ length: 100 }, (_, index) => [`key-${index}`, 'x']);
  return { ...Object.fromEntries(entries), late: LARGE };
}
