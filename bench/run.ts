/**
 * Measures what the exporters cost beside their peers:
 *
 *     npm run bench -- [section …] [--quick] [--write] [--seconds 10] [--rounds 5]
 *
 * Without names it measures all sections. `--write` puts them into docs/performance.md; `--seconds` and
 * `--rounds` are of the whole path, which takes most of the time.
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installPeers } from './peers/install-peers.ts';
import { readBenchResults, writeBenchResults } from './report/bench-results.ts';
import { comparedVersions } from './report/compared-versions.ts';
import { performanceDocument } from './report/performance-document.ts';
import { sectionMarkdown } from './report/section-markdown.ts';
import type { Effort } from './section.ts';
import { SECTIONS } from './sections.ts';
import { environmentLine } from './support/environment-line.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const unknown = positionals.find((id) => !SECTIONS.has(id));
if (unknown !== undefined) {
  throw new Error(`There is no section ${unknown}, only ${[...SECTIONS.keys()].join(', ')}`);
}
try {
  installPeers();
} catch {
  process.stderr.write('The peers could not be installed: they are not measured.\n');
}
const effort: Effort = values.quick ? 'quick' : 'full';
const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const wanted = positionals.length > 0 ? positionals : [...SECTIONS.keys()];
for (const [id, measure] of SECTIONS) {
  if (!wanted.includes(id)) continue;
  const section = await measure({ effort, seconds, rounds });
  const environment = environmentLine();
  process.stdout.write(`${sectionMarkdown(section)}\n\n`);
  if (!values.write) continue;
  // After each section: a run that is ended loses only the one it was at.
  const results = { ...readBenchResults(), [id]: { section, effort, environment } };
  const inOrder = [...SECTIONS.keys()].flatMap((name) => {
    const result = results[name];
    return result === undefined ? [] : [[name, result] as const];
  });
  writeBenchResults(Object.fromEntries(inOrder));
  const document = performanceDocument(readBenchResults(), comparedVersions());
  writeFileSync(new URL('../docs/performance.md', import.meta.url), document);
}
