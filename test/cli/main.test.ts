import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Command } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CliIo } from '../../src/cli/cli-io.ts';
import { isColorful } from '../../src/cli/is-colorful.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { UserError } from '../../src/cli/user-error.ts';
import { startLocalServices } from '../../src/testing/index.ts';
import { VERSION } from '../../src/version.ts';
import { runCli } from './support/run-cli.ts';
import { mainFile, runProgram } from './support/run-program.ts';
import { createTestIo } from './support/test-io.ts';

const names = ['doctor', 'iam', 'tail', 'decode', 'demo'];

/** What is told when a command throws. */
async function explanationOf(
  thrown: unknown,
  options: Partial<Pick<CliIo, 'environment' | 'signal'>> = {},
): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  const test = createTestIo(options);
  const command = new Command('fails').action(() => {
    throw thrown;
  });
  await runCommand(command, [], test.io);
  return test.result();
}

describe('the program', () => {
  it('prints its version', async () => {
    expect(await runCli(['--version'])).toEqual({
      exitCode: 0,
      stdout: `${VERSION}\n`,
      stderr: '',
    });
  });

  it('lists its commands', async () => {
    const { exitCode, stdout } = await runCli(['--help']);
    expect(exitCode).toBe(0);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'mu'));
  });

  it.each(names)('shows an example of %s', async (name) => {
    const { exitCode, stdout } = await runCli([name, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}\$ .*collectorless/u);
  });

  it.each([
    [[]],
    [['no-such-command']],
    [['doctor', '--no-such-option']],
    [['doctor', '--timeout-millis', 'soon']],
    [['doctor', 'no-such-exporter']],
    [['doctor']],
    [['doctor', 'http', 'sqs', '--set', 'queueName=logs']],
    [['doctor', 'sqs', '--set', 'queueName']],
    [['doctor', 'sqs', '--set', 'queuName=logs']],
    [['doctor', 'sqs', '--set', 'maxMessageBytes=many']],
    [['doctor', 'sqs', '--set', 'onDrop=x']],
    [['iam', 'sqs', '--account', '1234']],
    [['iam', 'firehose']],
  ])('ends with 2 and a word on stderr for wrong usage: %j', async (commandArguments) => {
    const { exitCode, stderr, stdout } = await runCli(commandArguments);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('    at ');
  });

  it('loads no SDK to show its help', async () => {
    const { stderr } = await runProgram(['--help'], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WATCH_LOADING)}`,
    });
    const urls = JSON.parse(stderr) as string[];
    expect(urls.some((url) => url.endsWith('/cli/main.ts'))).toBe(true);
    // How a source is asked for is part of the help; how it is read is not.
    const ofDestinations = urls.filter((url) => !url.endsWith('/cli/tail-command.ts'));
    expect(
      ofDestinations.filter((url) => /@aws-sdk|@smithy|zeromq\/|undici|destinations\//u.test(url)),
    ).toEqual([]);
  });

  it('ends quietly when its reader has enough', async () => {
    const child = spawn(process.execPath, ['--no-warnings', mainFile, 'iam', 'cloudwatch-logs']);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    child.stdout.destroy();
    const [exitCode] = await once(child, 'exit');
    expect({ exitCode, stderr: stderr.replaceAll(/^note: .*\n/gmu, '') }).toEqual({
      exitCode: 0,
      stderr: '',
    });
  });

  it('ends with 130 and no word at Ctrl-C', async () => {
    const services = await startLocalServices({ faults: [{ kind: 'hang' }] });
    onTestFinished(() => services.close());
    const commandArguments = ['doctor', 'http', '--set', `url=${services.http.url}/`];
    const child = spawn(process.execPath, ['--no-warnings', mainFile, ...commandArguments]);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    await expect.poll(() => services.http.requests.length).toBe(1);
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'exit');
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
  });
});

describe('a command that fails', () => {
  it.each([1, 2] as const)(
    'for a reason of the user ends with %i and one line',
    async (exitCode) => {
      const error = new UserError('There is no such file', { exitCode });
      expect(await explanationOf(error)).toMatchObject({
        exitCode,
        stderr: 'error: There is no such file\n',
      });
    },
  );

  it('unexpectedly ends with 1, one line and a way to see more', async () => {
    const { exitCode, stderr } = await explanationOf(new TypeError('x is\nundefined'));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'error: x is (COLLECTORLESS_DEBUG=1 shows more)\n',
    });
  });

  it('unexpectedly shows its stack to who asks for it', async () => {
    const { stderr } = await explanationOf(new TypeError('x is undefined'), {
      environment: { COLLECTORLESS_DEBUG: '1' },
    });
    expect(stderr).toMatch(/TypeError: x is undefined\n {4}at /u);
  });

  it('because it was interrupted ends with 130 and says nothing', async () => {
    const signal = AbortSignal.abort();
    expect(await explanationOf(signal.reason, { signal })).toMatchObject({
      exitCode: 130,
      stderr: '',
    });
  });
});

describe('colours', () => {
  it.each<[Record<string, string>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j and a terminal: %s are welcome: %s', (environment, isTerminal, expected) => {
    expect(isColorful(environment, isTerminal)).toBe(expected);
  });

  it('mark what doctor finds, when they are welcome', async () => {
    const { stdout } = await runCli(['doctor', 'http'], { isColorful: true });
    expect(stdout).toContain('\u001b[31mfailed');
    expect((await runCli(['doctor', 'http'])).stdout).not.toContain('\u001b');
  });
});

const WATCH_LOADING = `
import { registerHooks } from 'node:module';
const urls = [];
registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
process.on('exit', () => process.stderr.write(JSON.stringify(urls)));
`;
