import { createRequire } from 'node:module';
import { extname } from 'node:path';
import * as workerThreads from 'node:worker_threads';
import { describeError } from '../describe-error.ts';
import { VERSION } from '../version.ts';
import { isApplicationThread } from './is-application-thread.ts';
import { isTrue, readVariable } from './read-variable.ts';
import { writeToStandardError } from './write-to-standard-error.ts';

/** `--import`, `--require` and NODE_OPTIONS may all name this file, each with a copy of its own. */
const STARTED = Symbol.for('collectorless.register');

/** What the rest imports in its first lines: without one of them it cannot even say what is missing. */
const NEEDED = ['@opentelemetry/api', '@opentelemetry/core', '@opentelemetry/sdk-logs'];

register();

/**
 * Starts once a thread. The application runs, whatever goes wrong here, so this file imports no package: where
 * one were missing, Node.js would end the process before its first line.
 */
function register(): void {
  if (Reflect.has(globalThis, STARTED) || !isApplicationThread(workerThreads)) return;
  Reflect.set(globalThis, STARTED, VERSION);
  if (isTrue(process.env, 'OTEL_SDK_DISABLED')) return;
  const missing = NEEDED.filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    complain(`cannot find ${missing.join(', ')}: npm install ${missing.join(' ')}`);
    return;
  }
  try {
    loadRest().startThread();
  } catch (error) {
    complain(describeError(error));
  }
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The built file beside this one, of the same kind: by its name, as an `import` would be waited for in a module
 * alone, and `--require` waits for nothing.
 */
function loadRest(): typeof import('./start-thread.ts') {
  const load = createRequire(import.meta.url);
  try {
    return load(`./start-thread${extname(import.meta.url)}`);
  } catch {
    // An ES module cannot be had at once with --no-experimental-require-module, nor, before Node.js 24, while
    // the application is importing parts of it. The other build works beside it.
    return load('./start-thread.cjs');
  }
}

/** Without OpenTelemetry's `diag`, which may be what is missing. */
function complain(reason: string): void {
  if (readVariable(process.env, 'OTEL_LOG_LEVEL')?.toLowerCase() === 'none') return;
  writeToStandardError(`[collectorless] OpenTelemetry is not started: ${reason}\n`);
}
