import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/index.ts';
import { createResource } from '../../src/testing/index.ts';
import { bodies, ExporterBench, isSuccess } from '../support/exporter-bench.ts';
import { delivered, neverAnswers } from '../support/outcomes.ts';

const BODY = 'x'.repeat(744);
const ENTRY_BYTES = 1000;
const oneByOne = { maxEntries: 10 };

function manyBodies(count: number): string[] {
  return Array.from({ length: count }, () => BODY);
}

function slowBench(millis: number, maxBufferedBytes: number): ExporterBench {
  const bench: ExporterBench = new ExporterBench({
    maxBufferedBytes,
    limits: oneByOne,
    send: () =>
      new Promise<SendOutcome>((resolve) => {
        bench.runtime.startTimer(() => resolve(delivered), millis);
      }),
  });
  return bench;
}

describe('memory', () => {
  it('is never used beyond the bound by more than a tenth', async () => {
    const bench = slowBench(10, 100 * ENTRY_BYTES);
    bench.export(manyBodies(1000));
    let most = 0;
    for (let step = 0; step < 500; step += 1) {
      most = Math.max(most, bench.stats.bufferedBytes);
      await bench.runtime.advance(1);
    }
    expect(most).toBeGreaterThanOrEqual(100 * ENTRY_BYTES);
    expect(most).toBeLessThanOrEqual(110 * ENTRY_BYTES);
  });

  it('is free again when all is delivered', async () => {
    const bench = slowBench(10, 100 * ENTRY_BYTES);
    bench.export(manyBodies(50));
    await bench.flush();
    expect(bench.stats.bufferedBytes).toBe(0);
  });

  it('holds small records with what they cost beside their bytes', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers });
    bench.export(['']);
    await bench.runtime.settle();
    expect(bench.stats.bufferedBytes).toBeGreaterThan(0);
  });
});

describe('an export while the memory is full', () => {
  it('has its answer delayed until there is room again', async () => {
    const bench = slowBench(1000, 10 * ENTRY_BYTES);
    const call = bench.export(manyBodies(10));
    await bench.runtime.advance(999);
    expect(call.answers).toBe(0);
    await bench.runtime.advance(1);
    expect(isSuccess(call)).toBe(true);
  });

  it('that is larger than the memory is delivered completely, piece by piece', async () => {
    const bench = slowBench(10, 20 * ENTRY_BYTES);
    const call = bench.export(manyBodies(500));
    await bench.flush();
    expect(bench.stats).toMatchObject({ delivered: 500, dropped: {}, inFlight: 0 });
    expect(isSuccess(call)).toBe(true);
  });

  it('goes on without delay when the memory is smaller than a request', async () => {
    const bench: ExporterBench = new ExporterBench({
      maxBufferedBytes: 5 * ENTRY_BYTES,
      limits: { maxEntries: 1000 },
    });
    bench.export(manyBodies(100));
    await bench.runtime.advance(100);
    expect(bench.stats.delivered).toBe(100);
  });

  it('and comes nevertheless is FAILED as buffer_full, counted and told', async () => {
    const bench = slowBench(1000, 10 * ENTRY_BYTES);
    bench.export(manyBodies(10));
    const late = bench.export(bodies(7), { hrTime: [100, 0] });
    await bench.runtime.settle();
    expect(late.result?.error).toMatchObject({ code: 'buffer_full', counts: { buffer_full: 7 } });
    expect(bench.stats.dropped).toEqual({ buffer_full: 7 });
    expect(bench.drops).toMatchObject([
      { reason: 'buffer_full', count: 7, bytes: 0, firstTime: new Date(100_000) },
    ]);
    await bench.flush();
    expect(bench.stats).toMatchObject({ exported: 17, delivered: 10 });
  });

  it('is taken from a caller that waits for every answer, early ones too', async () => {
    const bench: ExporterBench = new ExporterBench({
      encoding: 'json',
      maxBufferedBytes: 300 * ENTRY_BYTES,
      limits: { maxEntries: 100, maxRequestBytes: 1e7, maxEntryBytes: 1e6 },
      send: () =>
        new Promise<SendOutcome>((resolve) => {
          bench.runtime.startTimer(() => resolve(delivered), 50);
        }),
    });
    const resource = createResource({ large: 'y'.repeat(1000) });
    for (let call = 0; call < 30; call += 1) {
      bench.runtime.clockStepMillis = 0.5;
      const { length } = bench.calls;
      if (length === 0 || bench.calls.at(-1)?.answers === 1)
        bench.export(bodies(100), { resource });
      await Promise.resolve();
      await Promise.resolve();
      if (call % 4 === 3) {
        bench.runtime.clockStepMillis = 0;
        await bench.runtime.advance(60);
      }
    }
    await bench.flush();
    expect(bench.calls.length).toBeGreaterThan(10);
    expect(bench.calls.every(isSuccess)).toBe(true);
    expect(bench.stats.dropped).toEqual({});
  });

  it('is taken again when there is room', async () => {
    const bench = slowBench(1000, 10 * ENTRY_BYTES);
    bench.export(manyBodies(10));
    await bench.runtime.advance(2000);
    const call = bench.export(bodies(5));
    await bench.flush();
    expect(isSuccess(call)).toBe(true);
    expect(bench.stats.delivered).toBe(15);
  });
});

describe('one dead target beside a living one', () => {
  it('keeps its share of the memory and no more, and the living one loses nothing', async () => {
    const bench: ExporterBench = new ExporterBench({
      maxBufferedBytes: 100 * ENTRY_BYTES,
      limits: oneByOne,
      timeoutMillis: 600_000,
      destination: { targetNames: { name: '{attributes.tenant}' } },
      send: ({ target }) => (target === 'dead' ? neverAnswers : delivered),
    });
    for (let round = 0; round < 100; round += 1) {
      bench.export(manyBodies(5), { attributes: { tenant: 'alive' } });
      bench.export(manyBodies(5), { attributes: { tenant: 'dead' } });
      await bench.runtime.advance(100);
    }
    expect(bench.drops.every(({ target }) => target === 'dead')).toBe(true);
    expect(bench.stats).toMatchObject({ exported: 1000, delivered: 500 });
    expect(bench.stats.bufferedBytes).toBeLessThanOrEqual(60 * ENTRY_BYTES);
    expect(bench.stats.dropped['buffer_full']).toBeGreaterThan(400);
    expect(bench.imbalance()).toBe(0);
  });
});

describe('a long export', () => {
  it('is encoded in slices, between which the application has its turn', async () => {
    const bench = new ExporterBench({ limits: { maxEntries: 100_000, maxRequestBytes: 1e8 } });
    bench.runtime.clockStepMillis = 0.1;
    bench.export(bodies(10_000));
    await bench.runtime.settle();
    expect(bench.runtime.turns).toBeGreaterThan(100);
    bench.runtime.clockStepMillis = 0;
    await bench.flush();
    expect(bench.stats.delivered).toBe(10_000);
  });

  it.each([5_000, 20_000])('of %i single records in one tick makes few requests', async (count) => {
    const bench = new ExporterBench({ limits: { maxEntries: 1000, maxRequestBytes: 1e8 } });
    for (const body of bodies(count)) bench.export([body]);
    await bench.flush();
    expect(bench.requests.length).toBeLessThanOrEqual(count / 1000 + 2);
    expect(bench.texts).toEqual(bodies(count));
    expect(bench.calls.every((call) => call.answers === 1 && isSuccess(call))).toBe(true);
  });

  it('of 40,000 records is encoded in slices like any other', async () => {
    const bench = new ExporterBench();
    bench.runtime.clockStepMillis = 0.5;
    const call = bench.export(manyBodies(40_000));
    const { turns } = bench.runtime;
    await bench.flush();
    expect(bench.runtime.turns - turns).toBeGreaterThan(1000);
    expect(isSuccess(call)).toBe(true);
    expect(bench.stats.delivered).toBe(40_000);
  });

  it('that takes longer to encode than records wait for company still makes few requests', async () => {
    const bench = new ExporterBench({ limits: { maxEntries: 1000, maxRequestBytes: 1e9 } });
    bench.runtime.clockStepMillis = 0.5;
    const call = bench.export(manyBodies(20_000));
    while (call.answers === 0) await bench.runtime.advance(1);
    await bench.flush();
    expect(bench.requests.length).toBeLessThanOrEqual(20 + 5);
  });

  it('has its deadline from the call on, also while it waits for memory', async () => {
    const bench = new ExporterBench({
      acknowledge: 'delivered',
      timeoutMillis: 1000,
      maxBufferedBytes: 10 * ENTRY_BYTES,
      send: () => neverAnswers,
    });
    const call = bench.export(manyBodies(100));
    await bench.runtime.advance(1100);
    expect(call.answers).toBe(1);
    expect(bench.stats.dropped).toEqual({ timeout: 100 });
  });

  it('of more objects than may wait, while their resource is detected, is refused', async () => {
    const bench = new ExporterBench();
    const resource = {
      attributes: {},
      asyncAttributesPending: true,
      waitForAsyncAttributes: () => new Promise<void>(() => {}),
      merge: () => resource,
      getRawAttributes: () => [],
    };
    const first = bench.export(bodies(70_000), { resource });
    const second = bench.export(bodies(5), { resource });
    await bench.runtime.settle();
    expect(second.result?.error).toMatchObject({ code: 'buffer_full' });
    await bench.flush();
    expect(isSuccess(first)).toBe(true);
    expect(bench.stats).toMatchObject({ delivered: 70_000, dropped: { buffer_full: 5 } });
  });
});
