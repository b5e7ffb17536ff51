import { describe, expect, it } from 'vitest';
import { bodies, ExporterBench } from '../support/exporter-bench.ts';
import { delivered, neverAnswers } from '../support/outcomes.ts';

const HOUR_MILLIS = 3_600_000;
const byTenant = { targetNames: { name: '{attributes.tenant}' } };
const of = (tenant: string) => ({ attributes: { tenant } });

describe('targets', () => {
  it('have requests of their own', async () => {
    const bench = new ExporterBench({ destination: byTenant });
    bench.export(['a1'], of('a'));
    bench.export(['b1'], of('b'));
    bench.export(['a2'], of('a'));
    await bench.flush();
    expect(bench.requests.map(({ target, texts }) => [target, texts])).toEqual([
      ['a', ['a1', 'a2']],
      ['b', ['b1']],
    ]);
  });

  it('are one for all when the destination names none', async () => {
    const bench = new ExporterBench();
    bench.export(bodies(3));
    await bench.flush();
    expect(bench.requests.map(({ target }) => target)).toEqual(['bench']);
  });

  it('are closed when they were idle for long, and opened again', async () => {
    const released: string[] = [];
    const bench = new ExporterBench({
      destination: { ...byTenant, release: ({ key }) => released.push(key) },
    });
    bench.export(['1'], of('a'));
    await bench.flush();
    await bench.runtime.advance(HOUR_MILLIS);
    bench.export(['2'], of('b'));
    expect(released).toEqual(['a']);
    bench.export(['3'], of('a'));
    await bench.flush();
    expect(bench.stats.delivered).toBe(3);
  });

  it('are not closed while something is on its way to them', async () => {
    const released: string[] = [];
    const bench = new ExporterBench({
      destination: { ...byTenant, release: ({ key }) => released.push(key) },
      send: () => neverAnswers,
      timeoutMillis: 2 * HOUR_MILLIS,
    });
    bench.export(['1'], of('a'));
    await bench.runtime.advance(HOUR_MILLIS);
    bench.export(['2'], of('b'));
    expect(released).toEqual([]);
  });

  it('that were used lately stay open', async () => {
    const released: string[] = [];
    const bench = new ExporterBench({
      destination: { ...byTenant, release: ({ key }) => released.push(key) },
    });
    bench.export(['1'], of('a'));
    await bench.runtime.advance(HOUR_MILLIS);
    bench.export(['2'], of('b'));
    await bench.runtime.advance(200_000);
    bench.export(['3'], of('b'));
    await bench.runtime.advance(200_000);
    bench.export(['4'], of('c'));
    expect(released).toEqual(['a']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('release');
      },
    ],
    ['rejects', () => Promise.reject(new Error('release'))],
  ])('cost no record when the destination %s while it releases one', async (_name, release) => {
    const bench = new ExporterBench({ destination: { ...byTenant, release }, maxTargets: 1 });
    for (const tenant of ['a', 'b', 'c']) {
      bench.export([tenant], of(tenant));
      await bench.flush();
      await bench.runtime.advance(HOUR_MILLIS);
    }
    expect(bench.texts).toEqual(['a', 'b', 'c']);
    expect(bench.stats).toMatchObject({ delivered: 3, dropped: {}, inFlight: 0 });
  });

  it('that are too many share one overflow target, and nothing is lost', async () => {
    const bench: ExporterBench = new ExporterBench({
      destination: byTenant,
      maxTargets: 3,
      send: () =>
        new Promise((resolve) => {
          bench.runtime.startTimer(() => resolve(delivered), 50);
        }),
    });
    for (let number = 0; number < 20; number += 1) bench.export([`${number}`], of(`t${number}`));
    await bench.flush();
    const targets = new Set(bench.requests.map(({ target }) => target));
    expect([...targets].sort()).toEqual(['overflow', 't0', 't1', 't2']);
    expect(bench.stats.delivered).toBe(20);
  });

  it('hold records of many days in any order with few requests, each within its span', async () => {
    const bench = new ExporterBench({
      limits: { maxSpanMillis: 24 * HOUR_MILLIS, maxEntries: 10_000 },
    });
    const start = Date.UTC(2026, 0, 1) / 1000;
    for (let number = 0; number < 5000; number += 1) {
      const second = ((number * 7919) % 5000) * 240;
      bench.export([String(number)], { hrTime: [start + second, 0] });
    }
    await bench.flush();
    expect(bench.stats.delivered).toBe(5000);
    expect(bench.requests.length).toBeLessThanOrEqual(30);
    for (const { times } of bench.requests) {
      expect(Math.max(...times) - Math.min(...times)).toBeLessThan(24 * HOUR_MILLIS);
    }
  });

  it('get a record again under the time at which the service wants it', async () => {
    const bench = new ExporterBench({
      send: ({ index, texts }) =>
        index > 0
          ? delivered
          : {
              status: 'partial',
              entries: texts.map((_, at) =>
                at === 1 ? { status: 'retryable', restampMillis: 777 } : { status: 'delivered' },
              ),
            },
    });
    bench.export(['a', 'b', 'c'], { hrTime: [5, 0] });
    await bench.flush();
    expect(bench.requests.map(({ texts, times }) => [texts, times])).toEqual([
      [
        ['a', 'b', 'c'],
        [5000, 5000, 5000],
      ],
      [['b'], [777]],
    ]);
    expect(bench.stats).toMatchObject({ delivered: 3, retried: 1 });
  });
});
