import { expect, test } from 'vitest';
import type { Section } from '../../bench/section.ts';
import { SECTIONS } from '../../bench/sections.ts';
import { measureWholePath } from '../../bench/whole-path.ts';

// The measuring processes run side by side here: the numbers mean nothing, but there are numbers.
test.concurrent.for([...SECTIONS])(
  'the section %s of the benchmark yields its form',
  async ([id, measure]) => {
    const section = await measure({ effort: 'tiny' });

    expect(section.id).toBe(id);
    expect(section.title).not.toBe('');
    expect(section.method).not.toBe('');
    expect(section.tables).not.toEqual([]);
    expect(badRows(section)).toEqual([]);
    expect(section.goals.filter(({ measured }) => !Number.isFinite(measured))).toEqual([]);
  },
);

test.concurrent('every candidate is measured or named as missing, and nothing gets lost', async () => {
  const load = { rate: 1_000, latencyMillis: 1, seconds: 0.1, rounds: 1 };
  // The second one is not there before the benchmark has installed its peers.
  const subjects = ['HTTP MessagePack', 'pino-cloudwatch-transport'];

  const { goals, missing, tables } = await measureWholePath('tiny', [{ ...load, subjects }]);

  const measured = tables.flatMap(({ rows }) => rows.map(({ candidate }) => candidate));
  const absent = missing.map((text) => text.replace(/:.*/, ''));
  expect([...measured, ...absent].sort()).toEqual(subjects);
  // A hundred records fit into the processor's queue on any machine.
  expect(goals.map(({ says, measured: dropped }) => `${says}: ${dropped}`)).toEqual([
    'HTTP MessagePack: records dropped at 1k records/s and 1 ms, worst round: 0',
  ]);
});

/** Rows that do not fit their columns, or hold no number at all. */
function badRows({ tables }: Section): string[] {
  return tables.flatMap(({ title, columns, rows }) =>
    rows
      .filter(({ values }) => values.length !== columns.length || !values.some(Number.isFinite))
      .map(({ candidate }) => `${title}: ${candidate}`),
  );
}
