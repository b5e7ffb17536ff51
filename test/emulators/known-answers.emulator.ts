import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { firehoseProbes } from './probes/firehose-probes.ts';
import { logsProbes } from './probes/logs-probes.ts';
import type { Probe } from './probes/probe.ts';
import { sqsProbes } from './probes/sqs-probes.ts';
import { clientConfig } from './support/client-config.ts';
import type { EmulatorName } from './support/emulator-names.ts';

const two = ['moto', 'ministack'] as const;
const three = ['moto', 'ministack', 'fauxqs'] as const;

test.each([
  ['CloudWatch Logs', logsProbes, two],
  ['Firehose', firehoseProbes, two],
  ['SQS', sqsProbes, three],
] as const)('docs/emulators.md tells what the emulators answer for %s', async (...service) => {
  const [heading, probes, emulators] = service;
  const listed = await tableUnder(`### ${heading}`, emulators);
  expect(listed).toEqual(await answersTo(probes, emulators));
});

type Answers = Record<string, Partial<Record<EmulatorName, string>>>;

async function answersTo(
  probes: Readonly<Record<string, Probe>>,
  emulators: readonly EmulatorName[],
): Promise<Answers> {
  const answers: Answers = {};
  for (const [rule, probe] of Object.entries(probes)) {
    const each = emulators.map(async (name) => [name, await probe(clientConfig(name))] as const);
    answers[rule] = Object.fromEntries(await Promise.all(each));
  }
  return answers;
}

/** Rows of `rule | what AWS answers | what each emulator answers`; a wrong answer is bold. */
async function tableUnder(heading: string, emulators: readonly EmulatorName[]): Promise<Answers> {
  const document = await readFile(new URL('../../docs/emulators.md', import.meta.url), 'utf8');
  const section = document.split(`\n${heading}\n`)[1]?.split('\n#')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  const answers: Answers = {};
  for (const row of rows.slice(2)) {
    const [rule = '', , ...cells] = row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    const answersOfRow = emulators.map((name, index) => [name, cells[index]?.replaceAll('**', '')]);
    answers[rule] = Object.fromEntries(answersOfRow);
  }
  return answers;
}
