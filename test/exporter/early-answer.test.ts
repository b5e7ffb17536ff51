import { expect, it } from 'vitest';
import { ExporterBench, type ExporterBenchOptions, isSuccess } from '../support/exporter-bench.ts';

const COUNT = 100;
const limits = { maxEntries: 1000, maxRequestBytes: 1e7, maxEntryBytes: 1e6 };
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
