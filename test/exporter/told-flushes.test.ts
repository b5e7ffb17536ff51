import { beforeEach, describe, expect, it, test } from 'vitest';
import { describeWaiting } from '../../src/exporter/describe-waiting.ts';
import { ExporterBench } from '../support/exporter-bench.ts';
import { neverAnswers } from '../support/outcomes.ts';
import { openSpoolBench, SwitchableService } from '../support/spool-bench.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { toldLines } from '../support/told-lines.ts';

let lines: string[] = [];

beforeEach(() => {
  lines = toldLines();
});

describe('a flush in vain', () => {
  it('is told once with one that runs beside it and one that follows at once', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers, flushTimeoutMillis: 3_000 });
    bench.export(['one']);
    const beside = bench.exporter.forceFlush();
    await bench.flush();
    await beside;
    await bench.flush();
    expect(lines).toEqual([
      '[collectorless] bench: forceFlush ended after 3000 ms with 1 log record still on its way',
    ]);
  });

  it('is told again when there is more left', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers, flushTimeoutMillis: 3_000 });
    bench.export(['one']);
    await bench.flush();
    bench.export(['two']);
    await bench.flush();
    expect(lines).toEqual([
      '[collectorless] bench: forceFlush ended after 3000 ms with 1 log record still on its way',
      '[collectorless] bench: forceFlush ended after 250 ms with 2 log records still on their way',
    ]);
  });

  it('says how many records are on disk, where the next process finds them', async () => {
    const bench = openSpoolBench({
      service: new SwitchableService(),
      directory: tempFolder(),
      destination: { name: 'bench', send: () => new Promise(() => {}) },
      flushTimeoutMillis: 100,
      shutdownTimeoutMillis: 10,
    });
    await bench.export(['one']);
    await bench.exporter.forceFlush();
    expect(bench.exporter.stats()).toMatchObject({ spooled: 1, inFlight: 0 });
    expect(lines).toEqual([
      '[collectorless] bench: forceFlush ended after 100 ms with 1 log record still on disk',
    ]);
  });
});

test.each([
  [{ inFlight: 0, spooled: 0 }, undefined],
  [{ inFlight: 2, spooled: 0 }, '2 log records still on their way'],
  [{ inFlight: 1, spooled: 3 }, '1 log record still on its way and 3 log records still on disk'],
])('what is left is told where it is, and nothing when there is none: %j', (stats, expected) => {
  expect(describeWaiting(stats)).toBe(expected);
});
