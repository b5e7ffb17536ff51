import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const packageRoot = join(import.meta.dirname, '../../..');

/** `npm run demo -- --keep` in a process of its own. */
export interface KeptDemo {
  readonly url: string;
  /** What it prints to play with, each a line for a shell. */
  readonly commands: readonly string[];
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ readonly exitCode: number | null }>;
  /** All that it has printed. */
  output(): string;
}

export async function startKeptDemo(...args: readonly string[]): Promise<KeptDemo> {
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'examples/demo/run-demo.ts'), '--keep', ...args],
    { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const ended = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    ended.then(() => reject(new Error(`The demo ended: ${output}`)), reject);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        // The last of the commands.
        if (/tail zeromq \S+\n/u.test(output)) resolve();
      });
    }
  });
  return {
    url: find(output, /http:\/\/127\.0\.0\.1:\d+\//u),
    commands: [...output.matchAll(/^ {2}([^# ].*)$/gmu)].map(([, command = '']) => command),
    end: (signal) => end(child, ended, signal),
    output: () => output,
  };
}

async function end(
  child: ChildProcess,
  ended: Promise<unknown>,
  signal: NodeJS.Signals,
): Promise<{ readonly exitCode: number | null }> {
  child.kill(signal);
  await ended;
  return { exitCode: child.exitCode };
}

function find(text: string, pattern: RegExp): string {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`The demo did not print ${pattern}: ${text}`);
  return found;
}
