import { describe, expect, it } from 'vitest';
import { createLogRecord, createResource } from '../../src/testing/index.ts';
import { bodies, ExporterBench, isSuccess } from '../support/exporter-bench.ts';
import { delivered, neverAnswers } from '../support/outcomes.ts';

const texts = (entries: readonly Uint8Array[]): string[] =>
  entries.map((bytes) => Buffer.from(bytes).toString());

const pendingResource = Object.assign(createResource(), {
  asyncAttributesPending: true,
  waitForAsyncAttributes: () => new Promise<void>(() => {}),
});

describe('takeBack', () => {
  it('hands back what is in flight, what waits and what is not encoded, in order and once', async () => {
    const bench = new ExporterBench({
      limits: { maxEntries: 1 },
      concurrencyLimit: 1,
      send: () => neverAnswers,
    });
    bench.export(['a', 'b']);
    await bench.runtime.advance(1);
    const pending = createLogRecord({ body: 'c', resource: pendingResource });
    const call = bench.exportRecords([pending]);

    const { encoding, entries, records } = bench.exporter.takeBack();
    await bench.runtime.advance(1);

    expect(encoding).toBe('body');
    expect(texts(entries)).toEqual(['a', 'b']);
    expect(records).toEqual([pending]);
    expect(isSuccess(call)).toBe(false);
    expect(bench.requests[0]?.signal.aborted).toBe(true);
    expect(bench.stats).toMatchObject({
      exported: 3,
      dropped: { shut_down: 3 },
      inFlight: 0,
      bufferedBytes: 0,
    });
    expect(bench.exporter.takeBack()).toEqual({ encoding: 'body', entries: [], records: [] });
  });

  it('says which static fields the records lack that were not encoded', async () => {
    const staticFields = { team: 'a' };
    const bench = new ExporterBench({ encoding: 'json', staticFields });
    bench.exportRecords([createLogRecord({ resource: pendingResource })]);
    expect(bench.exporter.takeBack()).toMatchObject({ entries: [], staticFields });
    bench.exportRecords([createLogRecord({ resource: pendingResource })]);
    expect(bench.exporter.abandon()).toMatchObject({ entries: [], staticFields });
  });

  it('does not hear the answer of what it took back, and delivers what comes later', async () => {
    let answer = (): void => {};
    const bench = new ExporterBench({
      send: ({ index }) =>
        index > 0
          ? delivered
          : new Promise((resolve) => {
              answer = () => resolve(delivered);
            }),
    });
    bench.export(['a']);
    await bench.runtime.advance(1);
    expect(texts(bench.exporter.takeBack().entries)).toEqual(['a']);
    answer();
    bench.export(['b']);
    await bench.flush();
    expect(bench.texts).toEqual(['a', 'b']);
    expect(bench.stats).toMatchObject({ delivered: 1, dropped: { shut_down: 1 }, inFlight: 0 });
  });

  it('ends a flush that waits for what is taken', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers });
    bench.export(bodies(3));
    const flushed = bench.flush();
    await bench.runtime.advance(1);
    bench.exporter.takeBack();
    await flushed;
    expect(bench.runtime.monotonicMillis()).toBeLessThan(1100);
  });
});

describe('abandon', () => {
  it('closes the exporter at once', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers });
    bench.export(['a']);
    expect(texts(bench.exporter.abandon().entries)).toEqual(['a']);
    const late = bench.export(['b']);
    await bench.runtime.advance(1);
    expect(isSuccess(late)).toBe(false);
    expect(bench.stats.dropped).toEqual({ shut_down: 2 });
  });

  it('hands back what a shutdown that ran out of time left, once', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers, shutdownTimeoutMillis: 100 });
    bench.export(['a', 'b']);
    await bench.shutdown();
    expect(texts(bench.exporter.abandon().entries)).toEqual(['a', 'b']);
    expect(bench.exporter.abandon().entries).toEqual([]);
    expect(bench.stats).toMatchObject({ exported: 2, dropped: { shut_down: 2 }, inFlight: 0 });
  });

  it('closes the destination once, also during a shutdown', async () => {
    let closed = 0;
    const bench = new ExporterBench({
      send: () => neverAnswers,
      destination: {
        close: () => {
          closed += 1;
        },
      },
    });
    bench.export(['a']);
    const shutdown = bench.shutdown();
    bench.exporter.abandon();
    await shutdown;
    expect(closed).toBe(1);
  });
});
