import { format } from 'node:util';
import type { DiagAPI, DiagLogger } from '@opentelemetry/api';
import { diagLogLevelFromString } from '@opentelemetry/core';
import type { Environment } from './environment/environment.ts';
import { readVariable } from './read-variable.ts';
import { writeToStandardError } from './write-to-standard-error.ts';

/**
 * What the SDK says although nothing is wrong: of detectors of places where the process does not run (3.1), and
 * of a resource that is read in the last moment of a process, when nobody can wait for its detectors.
 */
const NO_NEWS =
  /^(?:dropping invalid resource attribute value|Accessing resource attributes before)/u;

/**
 * Shows what OpenTelemetry has to say on the standard error output: who writes no code cannot set a diag
 * logger. Warnings and errors, unless `OTEL_LOG_LEVEL` asks for more or less.
 */
export function showDiagnostics(diag: DiagAPI, environment: Environment): void {
  const asked = readVariable(environment, 'OTEL_LOG_LEVEL');
  const logLevel = diagLogLevelFromString(asked ?? 'warn');
  const write = asked === undefined ? writeNews : writeToStandardError;
  diag.setLogger(createDiagLogger(write), {
    ...(logLevel === undefined ? {} : { logLevel }),
    suppressOverrideMessage: true,
  });
}

function writeNews(text: string): void {
  if (!NO_NEWS.test(text)) writeToStandardError(text);
}

/**
 * A diag logger that hands each message to `write` as one text with a newline at its end.
 *
 * Applications replace the console by their logger: a warning about an export that went there would be
 * exported, and make the next warning.
 */
export function createDiagLogger(write: (text: string) => void): DiagLogger {
  const log = (message: unknown, ...args: unknown[]): void =>
    write(`${format(message, ...args)}\n`);
  return { error: log, warn: log, info: log, debug: log, verbose: log };
}
