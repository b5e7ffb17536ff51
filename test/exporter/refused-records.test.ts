import { expect, it } from 'vitest';
import { createLogRecord } from '../../src/testing/index.ts';
import { ExporterBench, isSuccess } from '../support/exporter-bench.ts';
import { delivered, neverAnswers } from '../support/outcomes.ts';

const RECORD_BYTES = 50_000;

/** Beside a target that delivers, one that never answers and holds so many records, for more than a second. */
async function benchWithSilent(
  heldCount: number,
  { maxBufferedBytes = 20_000_000, length = RECORD_BYTES } = {},
): Promise<ExporterBench> {
  const bench = new ExporterBench({
    encoding: 'json',
    maxBufferedBytes,
    limits: { maxEntries: 1000, maxRequestBytes: 1e6, maxEntryBytes: 1e6 },
    destination: { targetNames: { name: '{attributes.tenant}' } },
    send: ({ target }) => (target === 'silent' ? neverAnswers : delivered),
  });
  bench.exportRecords(recordsFor('good', 1, length));
  for (let count = 0; count < heldCount; count += 10) {
    bench.exportRecords(recordsFor('silent', 10, length));
    await bench.runtime.advance(20);
  }
  await bench.runtime.advance(1500);
  bench.runtime.clockStepMillis = 1;
  return bench;
}

function recordsFor(tenant: string, count: number, length = RECORD_BYTES) {
  return Array.from({ length: count }, () =>
    createLogRecord({ body: 'x'.repeat(length), attributes: { tenant } }),
  );
}

function refusedCount(bench: ExporterBench): number {
  return bench.stats.dropped['buffer_full'] ?? 0;
}

it('a call behind much work whose records are refused is never told that they are taken over', async () => {
  const bench = await benchWithSilent(240);
  const before = refusedCount(bench);
  bench.exportRecords(recordsFor('good', 90));
  const refused = bench.exportRecords(recordsFor('silent', 20));
  await bench.runtime.settle();
  expect(refusedCount(bench)).toBe(before + 20);
  expect([refused.answers, isSuccess(refused)]).toEqual([1, false]);
});

it.each([100, 110, 120, 240])(
  'a call that is answered with success loses none of its records where its target held %i large ones',
  async (heldCount) => {
    const bench = await benchWithSilent(heldCount);
    const before = refusedCount(bench);
    const call = bench.exportRecords(recordsFor('silent', 95));
    await bench.runtime.settle();
    expect(call.answers).toBe(1);
    expect(isSuccess(call)).toBe(refusedCount(bench) === before);
  },
);

it.each([10, 20, 30, 40])(
  'what was answered is taken, though it fills the share of a target that held %i records of it',
  async (heldCount) => {
    const length = 10_000;
    const bench = await benchWithSilent(heldCount, { maxBufferedBytes: 2_000_000, length });
    const call = bench.exportRecords(recordsFor('silent', 110, length));
    await bench.runtime.settle();
    const refused = refusedCount(bench);
    expect([call.answers, isSuccess(call)]).toEqual([1, refused === 0]);
  },
);

it('small records for a target that is refused are refused before their call is answered', async () => {
  const bench = await benchWithSilent(240);
  const before = refusedCount(bench);
  const call = bench.exportRecords(recordsFor('silent', 100, 1000));
  await bench.runtime.settle();
  expect(refusedCount(bench)).toBe(before + 100);
  expect([call.answers, isSuccess(call)]).toEqual([1, false]);
});
