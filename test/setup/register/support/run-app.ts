import { spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalServices } from 'collectorless/testing';
import { packageRoot } from '../../../packaging/support/package-root.ts';

export type AppName =
  | 'ends-its-work.cjs'
  | 'imports-both.mjs'
  | 'loggers.cjs'
  | 'moves-away.cjs'
  | 'own-spans.cjs'
  | 'shop.cjs'
  | 'shop.mjs'
  | 'threads.cjs';

const APPS: Readonly<Record<AppName, URL>> = {
  'ends-its-work.cjs': new URL('../apps/ends-its-work.cjs', import.meta.url),
  'imports-both.mjs': new URL('../apps/imports-both.mjs', import.meta.url),
  'loggers.cjs': new URL('../apps/loggers.cjs', import.meta.url),
  'moves-away.cjs': new URL('../apps/moves-away.cjs', import.meta.url),
  'own-spans.cjs': new URL('../apps/own-spans.cjs', import.meta.url),
  'shop.cjs': new URL('../apps/shop.cjs', import.meta.url),
  'shop.mjs': new URL('../apps/shop.mjs', import.meta.url),
  'threads.cjs': new URL('../apps/threads.cjs', import.meta.url),
};

export interface RunOptions {
  readonly services: LocalServices;
  /** Before the script. Default: started with `--import`. */
  readonly nodeArguments?: readonly string[];
  readonly args?: readonly string[];
  /** Beside the settings for AWS; `undefined` takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the application is copied to and runs. Default: in this repository, with all that it has installed. */
  readonly folder?: string;
  /** Sent as soon as the application has written `text`. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly text: string };
}

export interface FinishedApp {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const BY_IMPORT: readonly string[] = ['--import', 'collectorless/register'];

/** Runs an application of `apps` to its end, as a user does: with the built package, in a process of its own. */
export async function runApp(name: AppName, options: RunOptions): Promise<FinishedApp> {
  if (!existsSync(join(packageRoot, 'dist/register.mjs'))) {
    throw new Error('These tests read the built package: `npm run build` first, or `npm test`.');
  }
  const { args = [], folder, nodeArguments = BY_IMPORT, signal } = options;
  const original = fileURLToPath(APPS[name]);
  const script = folder === undefined ? original : join(folder, name);
  if (folder !== undefined) copyFileSync(original, script);
  const child = spawn(process.execPath, [...nodeArguments, script, ...args], {
    cwd: folder ?? packageRoot,
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let isSignalled = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (signal === undefined || isSignalled || !stdout.includes(signal.text)) return;
    isSignalled = true;
    child.kill(signal.name);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, endSignal) => resolve({ code, signal: endSignal, stdout, stderr }));
  });
}

function environmentOf({ environment, services }: RunOptions): NodeJS.ProcessEnv {
  const { credentials, endpoint, region } = services.clientConfig;
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    OTEL_SERVICE_NAME: 'shop',
    OTEL_LOGS_EXPORTER: 'cloudwatch-logs',
    ...environment,
  };
}
