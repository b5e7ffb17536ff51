import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBenchResults } from '../../bench/report/bench-results.ts';
import { performanceDocument } from '../../bench/report/performance-document.ts';
import type { Goal, Section } from '../../bench/section.ts';

const section: Section = {
  id: 'one',
  title: 'One section',
  method: 'Measured so.',
  tables: [
    {
      title: 'A table',
      columns: [
        { name: 'µs', digits: 1 },
        { name: '÷ other', digits: 2 },
      ],
      rows: [
        { candidate: 'ours', values: [1234.56, 0.5] },
        { candidate: 'other', values: [2469.12, undefined] },
      ],
    },
  ],
  goals: [],
  missing: ['third: its package is not installed'],
  remarks: ['Something to know.'],
};

test('a table shows medians with their digits, and a dash where there is none', () => {
  const document = documentWith([]);

  expect(document).toContain('| ours | 1,234.6 | 0.50 |');
  expect(document).toContain('| other | 2,469.1 | – |');
});

test('a goal that is missed says so in its section and at the top', () => {
  const document = documentWith([
    { says: 'ours ÷ other', measured: 0.5, atMost: 0.6 },
    { says: 'ours ÷ third', measured: 0.75, atMost: 0.7 },
    { says: 'forms', measured: 3, atLeast: 8 },
  ]);

  expect(document).toContain('1 of 3 goals hold. These do not:');
  expect(document).toContain('| ours ÷ other | at most 0.6 | 0.500 | holds |');
  expect(document.split('| ours ÷ third | at most 0.7 | 0.750 | **missed** |')).toHaveLength(3);
  expect(document.split('| forms | at least 8 | 3 | **missed** |')).toHaveLength(3);
});

test('a goal that was not a number is missed', () => {
  const document = documentWith([{ says: 'ours ÷ other', measured: Number.NaN, atMost: 0.6 }]);

  expect(document).toContain('0 of 1 goals hold');
});

test('what was not measured is named', () => {
  expect(documentWith([])).toContain('- Not measured: third: its package is not installed.');
});

test('a short run is no published result', () => {
  const short = performanceDocument({ one: { section, effort: 'quick', environment: 'here' } }, []);

  expect(short).toContain('Measured with here. A short run: it shows a tendency.');
  expect(documentWith([])).toContain('Measured with here.\n');
});

test('docs/performance.md is what the benchmark wrote', () => {
  const written = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
  const [, versions = ''] = written.split('## Versions\n\n');
  const lines = versions.trimEnd().split('\n');

  expect(written).toBe(
    performanceDocument(
      readBenchResults(),
      lines.map((line) => line.replace('- ', '')),
    ),
  );
});

function documentWith(goals: readonly Goal[]): string {
  return performanceDocument(
    { one: { section: { ...section, goals }, effort: 'full', environment: 'here' } },
    [],
  );
}
