import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LocalServices } from 'collectorless/testing';
import { destinations } from './destinations.ts';

/** A line as pino wrote it to the app's output. */
export interface AppLine {
  readonly line: number;
  readonly level: number;
  readonly msg: string;
  readonly trace_id?: string;
  readonly port?: number;
}

export interface AppOptions {
  /** Beside what every app of the demo gets, and instead of it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A module that is loaded before the app, and may talk to this process. */
  readonly preload?: string;
  /** Takes each line, and then none is kept. */
  readonly onLine?: (line: AppLine) => void;
  /** Takes what is told on the standard error output as it comes, and then none is kept. */
  readonly onTold?: (text: string) => void;
  /** Takes what the preloaded module says. */
  readonly onMessage?: (text: string) => void;
}

export interface RunningApp {
  readonly url: string;
  /** Resolves when it has ended, asked or not. */
  readonly ended: Promise<unknown>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<FinishedApp>;
}

export interface FinishedApp {
  readonly exitCode: number | null;
  /** All that the app logged: the truth that the destinations are compared with. */
  readonly lines: readonly AppLine[];
  /** What was told on the standard error output; nothing when all is well. */
  readonly stderr: string;
}

const STOP_MILLIS = 20_000;

/** Starts the app as in production: `node --import collectorless/register app.cjs`. */
export async function runApp(
  services: LocalServices,
  options: AppOptions = {},
): Promise<RunningApp> {
  const app = fileURLToPath(new URL('./app.cjs', import.meta.url));
  const preloads = options.preload === undefined ? [] : ['--import', options.preload];
  const child = spawn(process.execPath, ['--import', 'collectorless/register', ...preloads, app], {
    // The bare name of --import is looked up from here.
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...environment(services), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.preload === undefined ? [] : ['ipc' as const])],
    // Ctrl-C is for us: the app is stopped when its logs have arrived.
    detached: options.preload !== undefined,
  });
  const lines: AppLine[] = [];
  const { onLine = (line) => lines.push(line) } = options;
  let stderr = '';
  const {
    onTold = (text) => {
      stderr += text;
    },
  } = options;
  const { stderr: told, stdout } = child;
  if (stdout === null || told === null) throw new Error('The app has no output');
  told.setEncoding('utf8').on('data', onTold);
  child.on('message', (message) => options.onMessage?.(String(message)));
  const exited = once(child, 'close');
  // Before others clear up what the app writes to; without effect when it has ended.
  process.prependOnceListener('exit', () => child.kill('SIGKILL'));
  const port = await new Promise<number>((resolve, reject) => {
    exited.then(() => reject(new Error(`The app ended before it listened: ${stderr}`)), reject);
    createInterface({ input: stdout }).on('line', (text) => {
      const line: AppLine = JSON.parse(text);
      onLine(line);
      if (line.port !== undefined) resolve(line.port);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    ended: exited,
    async stop() {
      await stopped(child, exited);
      return { exitCode: child.exitCode, lines, stderr };
    },
  };
}

async function stopped(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLIS);
  await exited;
  clearTimeout(timer);
}

/** All that is said of OpenTelemetry, and where the local AWS is. */
export function environment(services: LocalServices): Record<string, string> {
  const { credentials, endpoint, region } = services.clientConfig;
  return {
    PATH: process.env['PATH'] ?? '',
    OTEL_SERVICE_NAME: 'shop',
    OTEL_LOGS_EXPORTER: destinations.map(({ name }) => name).join(),
    ...Object.assign({}, ...destinations.map((one) => one.environment(services))),
    // Without it the process and the machine are described in every record, too: more than is good to read here.
    OTEL_NODE_RESOURCE_DETECTORS: 'env,host,serviceinstance',
    AWS_REGION: region,
    // In AWS these three come from the role of the service.
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
