import { hostname } from 'node:os';
import { startLocalServices } from 'collectorless/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../cli/support/run-cli.ts';
import { awsEnvironment } from '../examples/support/run-example.ts';
import { freePort } from '../support/free-port.ts';
import { readDocument } from './support/document.ts';
import { codeBlocksOf } from './support/markdown.ts';

/** What a document shows as the output of a command. */
function shownBelow(path: string, command: RegExp): string {
  const block = codeBlocksOf(readDocument(path)).find(({ text }) => command.test(text));
  if (block === undefined) throw new Error(`${path} shows no output of ${command}`);
  return block.text.slice(block.text.indexOf('\n') + 1);
}

/** Without what differs from run to run and from machine to machine. */
function alike(output: string): string {
  return output
    .replaceAll(`${hostname()}/${process.pid}`, 'web-1')
    .replaceAll(/127\.0\.0\.1:\d+/gu, '127.0.0.1:…')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}/gu, 'time')
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/gu, 'uid')
    .replaceAll(/\([\d.]+ s\)/gu, '(seconds)')
    .trimEnd();
}

it('docs/cli.md shows what doctor prints', async () => {
  const services = await startLocalServices({ region: 'eu-west-1' });
  onTestFinished(() => services.close());
  const shown = shownBelow('docs/cli.md', /^\$ .*npx collectorless doctor cloudwatch-logs$/mu);
  const message = /AccessDeniedException: (?<message>.*)/u.exec(shown)?.groups?.['message'] ?? '';
  services.setFaults([
    { kind: 'error', operation: 'PutLogEvents', name: 'AccessDeniedException', message },
  ]);
  const environment = { OTEL_SERVICE_NAME: 'shop', ...awsEnvironment(services) };
  // The AWS SDK reads those of the process.
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { exitCode, stdout } = await runCli(['doctor', 'cloudwatch-logs'], { environment });
  expect(exitCode).toBe(1);
  expect(alike(stdout)).toBe(alike(shown));
});

it('docs/cli-tail.md shows what demo prints', async () => {
  const shown = shownBelow('docs/cli-tail.md', /^\$ npx collectorless demo$/mu);
  const [beginning = '', end = ''] = alike(shown).split('…\n');
  const { exitCode, stdout } = await runCli(['demo']);
  expect(exitCode).toBe(0);
  expect(alike(stdout)).toContain(beginning.trimEnd());
  expect(alike(stdout)).toContain(end);
});

it('docs/cli-tail.md shows what demo --keep prints', async () => {
  const shown = shownBelow('docs/cli-tail.md', /^\$ npx collectorless demo --keep$/mu);
  const port = await freePort();
  const { stderr } = await runCli(['demo', '--keep', '--port', String(port)], {
    signal: AbortSignal.abort(),
  });
  const withDefault = [0, 1, 2].reduce(
    (text, offset) => text.replaceAll(`127.0.0.1:${port + offset}`, `127.0.0.1:${4580 + offset}`),
    stderr,
  );
  expect(withDefault.trimEnd()).toBe(shown.trimEnd());
});
