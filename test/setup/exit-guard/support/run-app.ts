import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('app.ts', import.meta.url));
const GUARDED_LOGGING = fileURLToPath(new URL('guarded-logging.ts', import.meta.url));
const NOTHING = fileURLToPath(new URL('nothing.ts', import.meta.url));

export interface AppRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** Without the JSON lines. */
  readonly stderr: string;
  /** The bodies of the records in the JSON lines. */
  readonly remainder: readonly unknown[];
}

export interface RunOptions {
  /** Where logs go, under the guard. Default: nowhere, there is no guard. */
  readonly logsUrl?: string;
  readonly flushMillis?: number;
  /** How long the exporter itself flushes. Default: longer than any test may take. */
  readonly exporterFlushMillis?: number;
  readonly nodeFlags?: readonly string[];
  /** Called when the application says that it serves. */
  readonly whenReady?: (child: ChildProcess) => unknown;
}

/** Runs a scenario of `app.ts` in a process of its own until it has ended. */
export function runApp(scenario: string, options: RunOptions = {}): Promise<AppRun> {
  const { exporterFlushMillis, flushMillis, logsUrl, nodeFlags = [], whenReady } = options;
  const preload = logsUrl === undefined ? NOTHING : GUARDED_LOGGING;
  const child = spawn(
    process.execPath,
    ['--no-warnings', ...nodeFlags, '--import', preload, APP, scenario],
    {
      env: {
        ...process.env,
        LOGS_URL: logsUrl,
        FLUSH_MILLIS: flushMillis?.toString(),
        EXPORTER_FLUSH_MILLIS: exporterFlushMillis?.toString(),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const wasReady = stdout.includes('ready');
    stdout += chunk.toString();
    if (!wasReady && stdout.includes('ready')) whenReady?.(child);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, ...splitStderr(stderr) });
    });
  });
}

/** The same scenario with the guard and without. */
export async function runTwins(
  scenario: string,
  options: RunOptions & { readonly logsUrl: string },
): Promise<{ readonly guarded: AppRun; readonly plain: AppRun }> {
  const { logsUrl, ...others } = options;
  const [guarded, plain] = await Promise.all([
    runApp(scenario, { ...others, logsUrl }),
    runApp(scenario, others),
  ]);
  return { guarded, plain };
}

function splitStderr(stderr: string): Pick<AppRun, 'remainder' | 'stderr'> {
  const lines = stderr.split('\n');
  const isRecord = (line: string): boolean => line.startsWith('{"timestamp"');
  return {
    stderr: lines.filter((line) => !isRecord(line)).join('\n'),
    remainder: lines.filter(isRecord).map((line) => JSON.parse(line).body),
  };
}
