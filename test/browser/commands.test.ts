import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, inject, test } from 'vitest';
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
  expect(response.status).toBe(204);
}

const settings = commandWith('settings.sh');

test('doctor finds nothing wrong, and then the fault that is switched on', async () => {
  expect(printed).toContain('npx collectorless doctor');
  await switchFault('sqs', 'outage', true);
  const output = await inShell(settings, `${commandWith('doctor')}; echo "exit code $?"`);
  await switchFault('sqs', 'outage', false);
  for (const name of ['firehose', 'cloudwatch-logs', 'http', 'zeromq']) {
    expect(output).toContain(`${name} works.`);
  }
  expect(output).toMatch(/sqs\n.*service_unavailable/su);
  expect(output).toContain('exit code 1');
});

test.each(['tail cloudwatch-logs', 'tail sqs', 'decode'])(
  '%s prints what has arrived',
  async (name) => {
    const command = commandWith(name).replace(/ --limit \d+$/u, '');
    const output = await inShell(settings, `${command} --limit 2`);
    expect(output.match(/ shop \[@opentelemetry\/instrumentation-pino\] /gu)).toHaveLength(2);
  },
);

test('tail zeromq takes the place of the receiver', async () => {
  await switchFault('zeromq', 'stopped', true);
  const output = await inShell(settings, `${commandWith('tail zeromq')} --limit 2`);
  expect(output).toMatch(/listening at tcp:.* shop /su);
  await switchFault('zeromq', 'stopped', false);
});

test('the demo ends at Ctrl-C with its table, and says what it is asked wrongly', async () => {
  const demo = await startKeptDemo('--port', '0');
  const taken = new URL(demo.url).port;
  await expect(startKeptDemo('--port', taken)).rejects.toThrow(`port ${taken} is taken`);
  await expect(startKeptDemo('--port', 'x')).rejects.toThrow('Usage: npm run demo');
  const { exitCode } = await demo.end('SIGINT');
  expect(exitCode).toBe(0);
  const rows = demo.output().match(/^ {2}(\S+) +(\d+) +\2 +0 /gmu);
  expect(rows).toHaveLength(5);
});
