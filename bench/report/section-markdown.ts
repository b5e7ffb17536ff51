import { type Goal, holds, type Section, type Table } from '../section.ts';

/** A section as it stands in the document and on the terminal. */
export function sectionMarkdown(section: Section): string {
  const { title, method, tables, goals, missing, remarks } = section;
  const parts = [`## ${title}`, method, ...tables.map(tableMarkdown), goalsMarkdown(goals)];
  const notes = [...missing.map((one) => `Not measured: ${one}.`), ...remarks];
  return [...parts, notes.map((note) => `- ${note}`).join('\n')].filter(Boolean).join('\n\n');
}

/** `0.62 (at most 0.60), **missed**`. */
export function goalText(goal: Goal): string {
  const { says, measured, atMost, atLeast } = goal;
  const bounds = [
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
  ];
  const verdict = holds(goal) ? 'holds' : '**missed**';
  return `${says} | ${bounds.join(', ')} | ${numberText(measured)} | ${verdict}`;
}

function tableMarkdown({ title, columns, rows }: Table): string {
  const lines = rows.map(({ candidate, values }) => [
    candidate,
    ...columns.map(({ digits }, index) => cellText(values[index], digits)),
  ]);
  const head = ['', ...columns.map(({ name }) => name)];
  const rule = ['---', ...columns.map(() => '---:')];
  return [`### ${title}`, '', ...[head, rule, ...lines].map(lineText)].join('\n');
}

function goalsMarkdown(goals: readonly Goal[]): string {
  if (goals.length === 0) return '';
  const head = ['| goal | bound | measured | |', '| --- | --- | ---: | --- |'];
  return [...head, ...goals.map((goal) => `| ${goalText(goal)} |`)].join('\n');
}

function lineText(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellText(value: number | undefined, digits: number): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function numberText(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(3);
}
