import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ExporterStats } from 'collectorless';
import type { Addresses } from './destinations.ts';

/** A line as pino wrote it to the app's output. */
export interface AppLine {
  readonly line: number;
  readonly level: number;
  readonly msg: string;
  readonly trace_id?: string;
  readonly port?: number;
}

export interface RunningApp {
  readonly url: string;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<FinishedApp>;
}

export interface FinishedApp {
  readonly exitCode: number | null;
  /** All that the app logged: the truth that the destinations are compared with. */
  readonly lines: readonly AppLine[];
  /** What the exporters say about themselves, by destination. */
  readonly stats: Readonly<Record<string, ExporterStats>>;
}

const STOP_MILLIS = 20_000;

/** Starts the app under OpenTelemetry, as in production: `node --import ./instrumentation.ts app.cjs`. */
export async function runApp(addresses: Addresses): Promise<RunningApp> {
  const instrumentation = new URL('./instrumentation.ts', import.meta.url).href;
  const app = fileURLToPath(new URL('./app.cjs', import.meta.url));
  const child = spawn(process.execPath, ['--import', instrumentation, app], {
    env: { ...environment(), DEMO_ADDRESSES: JSON.stringify(addresses) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines: AppLine[] = [];
  let stats: Record<string, ExporterStats> = {};
  child.on('message', (message) => {
    stats = message as Record<string, ExporterStats>;
  });
  const exited = once(child, 'close');
  const port = await new Promise<number>((resolve, reject) => {
    exited.then(() => reject(new Error('The app ended before it listened')), reject);
    createInterface({ input: outputOf(child) }).on('line', (text) => {
      const line: AppLine = JSON.parse(text);
      lines.push(line);
      if (line.port !== undefined) resolve(line.port);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLIS);
      await exited;
      clearTimeout(timer);
      return { exitCode: child.exitCode, lines, stats };
    },
  };
}

/** Without the settings of an OpenTelemetry that may run where the demo is started. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('OTEL_')),
  );
}

function outputOf(child: ChildProcess): NodeJS.ReadableStream {
  if (child.stdout === null) throw new Error('The app has no output');
  return child.stdout;
}
