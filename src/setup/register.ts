import * as workerThreads from 'node:worker_threads';
import { diag } from '@opentelemetry/api';
import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import { VERSION } from '../version.ts';
import { showDiagnostics } from './diag-logger.ts';
import { isApplicationThread } from './is-application-thread.ts';
import { applicationBases, createPackageLoader } from './package-loader.ts';
import { isTrue } from './read-variable.ts';
import { startSdk } from './start-sdk.ts';

/** `--import`, `--require` and NODE_OPTIONS may all name this file, each with a copy of its own. */
const STARTED = Symbol.for('collectorless.register');

register();

/** Starts once a thread. The application runs, whatever goes wrong here. */
function register(): void {
  if (Reflect.has(globalThis, STARTED) || !isApplicationThread(workerThreads)) return;
  Reflect.set(globalThis, STARTED, VERSION);
  if (isTrue(process.env, 'OTEL_SDK_DISABLED')) return;
  try {
    const bases = applicationBases(process.cwd(), process.argv[1]);
    startSdk(process.env, createPackageLoader(bases));
  } catch (error) {
    showDiagnostics(diag, process.env);
    tell('error', `OpenTelemetry is not started: ${describeError(error)}`);
  }
}
