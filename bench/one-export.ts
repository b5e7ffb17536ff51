import type { ExportMeasurement, ExportTask } from './one-export/export-task.ts';
import { canExport, EXPORTERS } from './one-export/exporters.ts';
import { OURS } from './path/path-loads.ts';
import type { Effort, Section } from './section.ts';
import { inChild } from './support/in-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';
import { patienceText } from './support/until-full-speed.ts';

const SCRIPT: URL = new URL('one-export/export-process.ts', import.meta.url);

const EFFORTS: Readonly<Record<Effort, { rounds: number } & Omit<ExportTask, 'subject'>>> = {
  full: { rounds: 5, records: 10_000, exports: 5, warmUpExports: 5, patienceMillis: 2_000 },
  quick: { rounds: 1, records: 10_000, exports: 3, warmUpExports: 3, patienceMillis: 1_000 },
  tiny: { rounds: 1, records: 100, exports: 1, warmUpExports: 0, patienceMillis: 0 },
};

/** One call of `export` with very many records: for how long it keeps everything else waiting. */
export async function measureOneExport(effort: Effort): Promise<Section> {
  const { rounds, ...task } = EFFORTS[effort];
  const wanted = effort === 'tiny' ? ['OTLP JSON', 'HTTP NDJSON'] : [...EXPORTERS.keys()];
  const results = await inTurns(wanted.filter(canExport), rounds, (subject) =>
    inChild<ExportMeasurement>(SCRIPT, { ...task, subject } satisfies ExportTask),
  );
  const medianOf = (subject: string, value: (one: ExportMeasurement) => number): number =>
    median((results.get(subject) ?? []).map(value));
  return {
    id: 'one-export',
    title: 'One large batch',
    method:
      `\`export\` gets ${task.records.toLocaleString('en')} records of 1 KB at once, without a processor, and the service answers after 20 ms. ` +
      `A chain of immediates sees the longest time in which nothing else could run, garbage collection included, until all is delivered; what the machine does to other processes at that time is in it. Of the batches ${patienceText(task)}.`,
    tables: [
      {
        title: `${task.records.toLocaleString('en')} records of 1 KB, ${rounds} rounds of ${task.exports} batches`,
        columns: [
          { name: 'longest block, ms', digits: 1 },
          { name: '`export` returns after, ms', digits: 1 },
          { name: 'delivered, %', digits: 1 },
        ],
        rows: [...results.keys()].map((subject) => ({
          candidate: subject,
          values: [
            medianOf(subject, (one) => one.longestBlockMillis),
            medianOf(subject, (one) => one.callMillis),
            medianOf(subject, (one) => (100 * one.delivered) / (task.records * task.exports)),
          ],
        })),
      },
    ],
    goals: OURS.filter((subject) => results.has(subject)).map((subject) => ({
      says: `${subject}: longest block in ms`,
      measured: medianOf(subject, (one) => one.longestBlockMillis),
      atMost: 5,
    })),
    missing: wanted
      .filter((name) => !canExport(name))
      .map((name) => `${name}: its package is not installed`),
    remarks: [],
  };
}
