import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, inject, test } from 'vitest';
import { destinations } from '../../examples/demo/destinations.ts';
import { startKeptDemo } from './support/kept-demo.ts';

const url = inject('pageUrl');
const printed = inject('commands');

/** Runs lines as a reader does who copies them: in a shell, in the folder of the package. */
async function inShell(...lines: readonly string[]): Promise<string> {
  const child = spawn('sh', ['-c', lines.join('\n')], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'close');
  return output;
}

function commandWith(text: string): string {
  const command = printed.find((one) => one.includes(text));
  if (command === undefined) throw new Error(`No command with ${text} is printed`);
  return command;
}

async function switchFault(destination: string, fault: string, isOn: boolean): Promise<void> {
  const response = await fetch(`${url}fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ destination, fault, isOn }),
  });
  if (!response.ok) throw new Error(await response.text());
}

const settings = commandWith('settings.sh');

describe.concurrent('the commands that the demo prints', () => {
  test('doctor finds nothing wrong but the fault that is switched on', async ({
    expect,
    onTestFinished,
  }) => {
    await switchFault('sqs', 'outage', true);
    onTestFinished(() => switchFault('sqs', 'outage', false));
    const output = await inShell(settings, `${commandWith('doctor')}; echo "exit code $?"`);
    for (const name of ['firehose', 'cloudwatch-logs', 'http']) {
      expect(output).toContain(`${name} works.`);
    }
    expect(output).toMatch(/sqs\n.*service_unavailable/su);
    expect(output).toContain('exit code 1');
  });

  test.for([
    ['tail cloudwatch-logs', 'cloudwatch-logs'],
    ['tail sqs', 'sqs'],
    ['decode', 'firehose'],
  ] as const)('%s prints what has arrived at %s', async ([name, holder], { expect }) => {
    const stored = async (): Promise<string> => (await fetch(`${url}stored/${holder}`)).text();
    await expect.poll(stored).toContain('shop');
    const command = commandWith(name).replace(/ --limit \d+$/u, '');
    const output = await inShell(settings, `${command} --limit 2`);
    expect(output).toMatch(/(?: shop \[@opentelemetry\/instrumentation-pino\] .*){2}/su);
  });

  test('tail zeromq takes the place of the receiver', async ({ expect, onTestFinished }) => {
    await switchFault('zeromq', 'stopped', true);
    onTestFinished(() => switchFault('zeromq', 'stopped', false));
    const output = await inShell(settings, `${commandWith('tail zeromq')} --limit 2`);
    expect(output).toMatch(/listening at tcp:.* shop /su);
  });

  test('Ctrl-C ends it with a table, in which every line has arrived', async ({ expect }) => {
    const demo = await startKeptDemo();
    const { exitCode } = await demo.end('SIGINT');
    expect(exitCode).toBe(0);
    expect(demo.output().match(/^ {2}(\S+) +([\d,]+) +\2 +0 /gmu)).toHaveLength(
      destinations.length,
    );
  });

  test('a second Ctrl-C ends it at once, and leaves no files', async ({ expect }) => {
    const demo = await startKeptDemo();
    const folder = dirname((demo.commands[0] ?? '').replace('. ', ''));
    expect(existsSync(folder)).toBe(true);
    const ended = demo.end('SIGINT');
    await expect.poll(() => demo.output(), { interval: 20 }).toContain('One moment');
    await demo.end('SIGINT');
    expect(await ended).toEqual({ exitCode: 130 });
    expect(existsSync(folder)).toBe(false);
  });

  test('a port that is taken is told without a stack trace', async ({ expect }) => {
    const { port } = new URL(url);
    await expect(startKeptDemo('--port', port)).rejects.toThrow(
      new Error(
        `The demo ended: The page cannot be shown: port ${port} is taken, or may not be used.\n`,
      ),
    );
  });

  test.for(['--port x', '--port 70000', '--keep x', '--stay'])(
    'what is asked wrongly is told: %s',
    async (options, { expect }) => {
      await expect(startKeptDemo(...options.split(' '))).rejects.toThrow('Usage: npm run demo');
    },
  );
});
