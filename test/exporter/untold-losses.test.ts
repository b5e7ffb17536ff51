import { diag } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { ExporterBench } from '../support/exporter-bench.ts';
import { rejected } from '../support/outcomes.ts';
import { toldLines } from '../support/told-lines.ts';

afterEach(() => diag.disable());

/** An exporter that lost one record with a line of its own and two without. */
async function loseThree(): Promise<{ bench: ExporterBench; lines: readonly string[] }> {
  const bench = new ExporterBench({ send: () => rejected() });
  const lines = toldLines();
  for (const body of ['a', 'b', 'c']) {
    bench.export([body]);
    await bench.flush();
  }
  expect(lines.filter((line) => line.includes('dropped'))).toHaveLength(1);
  lines.length = 0;
  return { bench, lines };
}

const rest = '[collectorless] bench: dropped 2 more log records (rejected)';

it('a shutdown tells of the losses that no line has told yet', async () => {
  const { bench, lines } = await loseThree();
  await bench.shutdown();
  expect(lines).toEqual([rest]);
});

it.each(['takeBack', 'abandon'] as const)(
  'so does the last moment of a process, by %s',
  async (take) => {
    const { bench, lines } = await loseThree();
    bench.exporter[take]();
    expect(lines).toEqual([rest]);
  },
);
