import { mkdirSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../packaging/support/package-root.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { BY_IMPORT, type FinishedApp, runApp } from './support/run-app.ts';
import { jsonLines, recordsOf, toGroup } from './support/stored-records.ts';

const ends = [
  { end: 'closes' },
  { end: 'throws' },
  { end: 'gets SIGTERM', signal: 'SIGTERM' },
  { end: 'gets SIGINT', signal: 'SIGINT' },
  { end: 'exits' },
] as const;

const BODIES = [
  'listening',
  ...Array.from({ length: 3 }, () => ['request', 'answered']).flat(),
  'served',
].sort();

const groupOf = (end: string): string => `/${end.replace(' ', '_')}`;

/** The records that could not be sent, and the lines that say how many there are. */
const REMAINDER =
  /^(?:\{"timestamp"|\[collectorless\] (?:The process ended|.* dropped \d+ (?:more )?log records? \(shut_down\)))/;

const withoutRemainder = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => !REMAINDER.test(line))
    .join('\n');

let services: LocalServices;
const guarded = new Map<string, FinishedApp>();
const plain = new Map<string, FinishedApp>();

beforeAll(async () => {
  services = await startLocalServices({ latencyMillis: 30 });
  for (const end of ends) await run(end, guarded, BY_IMPORT);
  await Promise.all(ends.map((end) => run(end, plain, [])));
}, 60_000);

async function run(
  { end, ...rest }: (typeof ends)[number],
  finished: Map<string, FinishedApp>,
  nodeArguments: readonly string[],
): Promise<void> {
  const options = { services, nodeArguments, args: [end], environment: toGroup(groupOf(end)) };
  const signal = 'signal' in rest ? { signal: { name: rest.signal, text: '"served"' } } : {};
  finished.set(end, await runApp('shop.cjs', { ...options, ...signal }));
}

afterAll(async () => {
  expect(services.violations).toEqual([]);
  await services.close();
});

describe.each(ends)('an application that $end', ({ end }) => {
  it('ends with the code, the signal and the words that it has without us', () => {
    const { code, signal, stderr } = guarded.get(end) ?? {};
    const { code: plainCode, signal: plainSignal, stderr: plainStderr } = plain.get(end) ?? {};
    expect([code, signal]).toEqual([plainCode, plainSignal]);
    expect(withoutRemainder(stderr ?? '')).toBe(plainStderr);
  });

  it('has each line at the service with its trace, or, when it lets nobody wait, on stderr', () => {
    const written = jsonLines(guarded.get(end)?.stderr ?? '');
    const stored = recordsOf(services, groupOf(end));
    const records: { readonly body?: unknown; readonly trace_id?: unknown }[] = [
      ...stored,
      ...written,
    ];
    expect(records.map(({ body }) => body).sort()).toEqual(BODIES);
    expect(records.filter(({ trace_id }) => trace_id === undefined)).toHaveLength(2);
    if (end !== 'exits') expect(stored).toHaveLength(BODIES.length);
  });
});

it('has what a dead service did not take in its spool, and the next start delivers it', async () => {
  const directory = tempFolder();
  const spool = { OTEL_EXPORTER_CLOUDWATCH_LOGS_SPOOL_DIRECTORY: directory };
  const environment = { ...toGroup('/spool'), ...spool };
  const dead = { ...environment, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  const first = await runApp('shop.cjs', { services, args: ['throws'], environment: dead });
  expect(first.code).toBe(1);
  expect(first.stderr).not.toContain('{"timestamp"');
  const second = await runApp('shop.cjs', { services, environment });
  expect([second.code, second.stderr]).toEqual([0, '']);
  const traces = [first, second].flatMap(({ stdout }) =>
    jsonLines(stdout).map(({ msg, trace_id }) => `${msg} ${trace_id}`),
  );
  const stored = recordsOf(services, '/spool').map(({ body, trace_id }) => `${body} ${trace_id}`);
  expect(new Set(stored)).toEqual(new Set(traces));
});

it('has its spool where the process started, also when the application goes to another folder', async () => {
  const directory = tempFolder();
  const elsewhere = join(directory, 'a', 'b');
  mkdirSync(elsewhere, { recursive: true });
  const spool = relative(packageRoot, join(directory, 'spool'));
  const { stderr } = await runApp('moves-away.cjs', {
    services,
    args: [elsewhere],
    environment: {
      ...toGroup('/moved'),
      OTEL_EXPORTER_CLOUDWATCH_LOGS_SPOOL_DIRECTORY: spool,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    },
  });
  expect(stderr).not.toContain('{"timestamp"');
  expect(readdirSync(directory).sort()).toEqual(['a', 'spool']);
  expect(readdirSync(elsewhere)).toEqual([]);
});
