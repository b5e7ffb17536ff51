import { expect, test } from 'vitest';
import { SizeEstimate } from '../../src/exporter/estimate-bytes.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { ExporterBench } from '../support/exporter-bench.ts';
import { neverAnswers } from '../support/outcomes.ts';

test('large records that wait to be encoded count as memory: what is too much is refused', async () => {
  const bench = new ExporterBench({
    send: () => neverAnswers,
    maxBufferedBytes: 1_000_000,
    limits: { maxEntries: 100, maxRequestBytes: 1e7, maxEntryBytes: 1e6 },
  });
  // A clock so slow that nothing is packed in the tick in which it comes.
  bench.runtime.clockStepMillis = 1;
  const body = 'x'.repeat(100_000);
  for (let record = 0; record < 1000; record += 1) bench.export([body]);
  await bench.runtime.advance(100);
  const { dropped, inFlight } = bench.stats;
  expect(dropped['buffer_full']).toBeGreaterThan(970);
  expect(inFlight).toBeLessThan(30);
  expect(bench.imbalance()).toBe(0);
});

test('one call that is larger than the memory is taken all the same', async () => {
  const bench = new ExporterBench({
    maxBufferedBytes: 1_000_000,
    limits: { maxEntries: 5, maxRequestBytes: 1e6, maxEntryBytes: 2e5 },
  });
  bench.runtime.clockStepMillis = 1;
  bench.export(Array.from({ length: 100 }, () => 'x'.repeat(100_000)));
  await bench.flush();
  expect(bench.stats.delivered).toBe(100);
});

test('a record of half the memory and more is cut even where records are split', async () => {
  const bench = new ExporterBench({
    oversize: 'split',
    maxBufferedBytes: 1_000_000,
    encoding: 'json',
    limits: { maxEntries: 100, maxRequestBytes: 1e6, maxEntryBytes: 1e5 },
  });
  bench.export(['x'.repeat(400_000)]);
  await bench.flush();
  expect(bench.texts.length).toBeGreaterThan(1);
  bench.export(['x'.repeat(600_000)]);
  await bench.flush();
  expect(bench.texts.at(-1)).toContain('"truncated"');
  expect(bench.stats.delivered).toBe(2);
});

test('an estimate is about the length of the texts, and never throws', () => {
  const attributes = { long: 'y'.repeat(1000), bytes: new Uint8Array(500), number: 7 };
  const size = new SizeEstimate();
  size.ofRecord(createLogRecord({ body: 'x'.repeat(2000), attributes }));
  expect(size.isWhole).toBe(true);
  expect(size.bytes).toBeGreaterThan(3500);
  expect(size.bytes).toBeLessThan(4500);
  const hostile = Object.defineProperty({ ...createLogRecord() }, 'body', {
    get: () => {
      throw new Error('hostile');
    },
  });
  size.ofRecord(hostile);
  expect(size.isWhole).toBe(false);
  expect(size.bytes).toBeGreaterThan(0);
});
