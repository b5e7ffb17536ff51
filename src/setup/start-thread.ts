import { diag } from '@opentelemetry/api';
import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import { showDiagnostics } from './diag-logger.ts';
import { applicationBases, createPackageLoader } from './package-loader.ts';
import { startSdk } from './start-sdk.ts';

/** Starts OpenTelemetry in this thread. The application runs, whatever goes wrong here. */
export function startThread(): void {
  try {
    const bases = applicationBases(process.cwd(), process.argv[1]);
    startSdk(process.env, createPackageLoader(bases));
  } catch (error) {
    showDiagnostics(diag, process.env);
    tell('error', `OpenTelemetry is not started: ${describeError(error)}`);
  }
}
