import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/index.ts';
import { bodies, ExporterBench, type ExporterBenchOptions } from '../support/exporter-bench.ts';
import { delivered, retryable } from '../support/outcomes.ts';

class Outage {
  isOver = false;
  readonly bench: ExporterBench;

  constructor(options: ExporterBenchOptions = {}) {
    this.bench = new ExporterBench({
      encoding: 'json',
      timeoutMillis: 1000,
      destination: { targetNames: { name: '/{service.name}' } },
      send: (): SendOutcome => (this.isOver ? delivered : retryable()),
      ...options,
    });
  }

  summaries(): Record<string, unknown>[] {
    return this.bench.texts
      .map((text) => JSON.parse(text))
      .filter((document) => document['event_name'] === 'collectorless.dropped');
  }
}

describe('after an outage', () => {
  it('one record tells the destination what it did not get', async () => {
    const outage = new Outage();
    const { bench } = outage;
    bench.export(bodies(5), { hrTime: [1000, 0] });
    bench.export(bodies(2), { hrTime: [2000, 0] });
    await bench.runtime.advance(2000);
    expect(bench.stats.dropped).toEqual({ retry_exhausted: 7 });
    outage.isOver = true;
    bench.export(['back']);
    await bench.runtime.advance(2000);
    expect(outage.summaries()).toMatchObject([
      {
        severity_text: 'WARN',
        body: '7 log records were dropped (retry_exhausted: 7)',
        attributes: {
          reason: 'retry_exhausted',
          count: 7,
          reasons: { retry_exhausted: 7 },
          first_time: '1970-01-01T00:16:40.000Z',
          last_time: '1970-01-01T00:33:20.000Z',
        },
        scope: { name: 'collectorless' },
      },
    ]);
    expect(bench.requests.at(-1)?.target).toBe(bench.requests[0]?.target);
    await bench.runtime.advance(100_000);
    expect(outage.summaries()).toHaveLength(1);
  });

  it('the record is none of those that are counted', async () => {
    const outage = new Outage();
    const { bench } = outage;
    bench.export(bodies(5));
    await bench.runtime.advance(2000);
    outage.isOver = true;
    bench.export(['back']);
    await bench.flush();
    expect(outage.summaries()).toHaveLength(1);
    expect(bench.stats).toMatchObject({
      exported: 6,
      delivered: 1,
      dropped: { retry_exhausted: 5 },
      inFlight: 0,
      bufferedBytes: 0,
    });
  });

  it('a flush sends it, and waits for it', async () => {
    const outage = new Outage({ acknowledge: 'delivered' });
    const { bench } = outage;
    bench.export(bodies(3));
    await bench.runtime.advance(2000);
    outage.isOver = true;
    bench.export(['back']);
    await bench.flush();
    expect(outage.summaries()).toHaveLength(1);
  });

  it('one that is lost itself is told with the next', async () => {
    let refusals = 0;
    const outage: Outage = new Outage({
      send: ({ texts }): SendOutcome => {
        if (!outage.isOver) return retryable();
        if (!texts.some((text) => text.includes('collectorless.dropped')) || refusals > 0) {
          return delivered;
        }
        refusals += 1;
        return { status: 'rejected', reason: 'rejected', error: new Error('not now') };
      },
    });
    const { bench } = outage;
    bench.export(bodies(3));
    await bench.runtime.advance(2000);
    outage.isOver = true;
    bench.export(['back']);
    await bench.flush();
    expect(refusals).toBe(1);
    bench.export(['again']);
    await bench.flush();
    expect(outage.summaries().map(({ attributes }) => attributes)).toMatchObject([
      { count: 3 },
      { count: 3 },
    ]);
    expect(bench.stats.dropped).toEqual({ retry_exhausted: 3 });
  });

  it('none is sent for records that the service refused', async () => {
    const outage = new Outage({
      send: ({ index }): SendOutcome =>
        index === 0
          ? { status: 'rejected', reason: 'rejected', error: new Error('no') }
          : delivered,
    });
    outage.bench.export(bodies(3));
    await outage.bench.flush();
    outage.bench.export(['more']);
    await outage.bench.flush();
    expect(outage.summaries()).toEqual([]);
  });
});
