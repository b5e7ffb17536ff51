import { type Goal, holds } from '../section.ts';
import type { BenchResult, BenchResults } from './bench-results.ts';
import { goalText, sectionMarkdown } from './section-markdown.ts';

const INTRODUCTION = `# Performance

What the exporters cost beside their peers. \`npm run bench -- --write\` measures and writes this file; nothing in it is
written by hand. Numbers of different machines cannot be compared, and those of one machine move with what else it does:
candidates are therefore measured side by side in one run, in turns, and **the ratios count**, not the times.

\`npm run bench -- --quick\` takes minutes and shows a tendency; \`npm run bench -- encoding whole-path\` measures some
sections, and \`npm run bench -- encoding --write\` replaces only these. The libraries that ours are compared with are
installed into \`bench/peers\` by the command itself.`;

const METHOD = `## Method

- Each candidate runs in a process of its own, or, where a section says so, in one process with the others. In every round
  all candidates take their turn, and each round starts with another one. Tables show medians over the rounds.
- Nothing is measured before it was warmed up: libraries are loaded, code is compiled.
- The service runs in another process. Two processors are enough for both.
- CPU is that of the main thread, which is what an application misses: \`process.threadCpuUsage()\`.
- Peers run as their documentation shows, with JSON records of the same content and otherwise with their defaults.
- A goal that is missed says so.`;

/** The whole document. */
export function performanceDocument(results: BenchResults, versions: readonly string[]): string {
  const all = Object.values(results);
  const parts = [
    INTRODUCTION,
    goalsOverview(all.flatMap(({ section }) => section.goals)),
    ...all.map(resultMarkdown),
    METHOD,
    ['## Versions', '', ...versions.map((version) => `- ${version}`)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function resultMarkdown({ section, effort, environment }: BenchResult): string {
  const caution = effort === 'full' ? '' : ' A short run: it shows a tendency.';
  return `${sectionMarkdown(section)}\n\nMeasured with ${environment}.${caution}`;
}

function goalsOverview(goals: readonly Goal[]): string {
  const missed = goals.filter((goal) => !holds(goal));
  const heading = `## Goals\n\n${goals.length - missed.length} of ${goals.length} goals hold.`;
  if (missed.length === 0) return heading;
  const lines = missed.map((goal) => `| ${goalText(goal)} |`);
  const table = ['| missed | bound | measured | |', '| --- | --- | ---: | --- |', ...lines];
  return `${heading} These do not:\n\n${table.join('\n')}`;
}
