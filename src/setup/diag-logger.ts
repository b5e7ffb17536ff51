import { format } from 'node:util';
import { type DiagAPI, type DiagLogger, DiagLogLevel } from '@opentelemetry/api';
import { shownText } from '../manifest/kinds/secrecy.ts';
import { tell } from '../report/tell.ts';
import type { Environment } from './environment/environment.ts';
import { listed } from './environment/unknown-names.ts';
import { readVariable } from './read-variable.ts';
import { writeToStandardError } from './write-to-standard-error.ts';

/**
 * What the SDK says although nothing is wrong: of detectors of places where the process does not run (3.1), and
 * of a resource that is read in the last moment of a process, when nobody can wait for its detectors.
 */
const NO_NEWS =
  /^(?:dropping invalid resource attribute value|Accessing resource attributes before)/u;

const VARIABLE = 'OTEL_LOG_LEVEL';
const LEVELS: ReadonlyMap<string, DiagLogLevel> = new Map([
  ['none', DiagLogLevel.NONE],
  ['error', DiagLogLevel.ERROR],
  ['warn', DiagLogLevel.WARN],
  ['info', DiagLogLevel.INFO],
  ['debug', DiagLogLevel.DEBUG],
  ['verbose', DiagLogLevel.VERBOSE],
  ['all', DiagLogLevel.ALL],
]);

/**
 * Shows what OpenTelemetry has to say on the standard error output: who writes no code cannot set a diag
 * logger. Warnings and errors, unless `OTEL_LOG_LEVEL` asks for more or less.
 */
export function showDiagnostics(diag: DiagAPI, environment: Environment): void {
  const asked = readVariable(environment, VARIABLE);
  const level = LEVELS.get(asked?.toLowerCase() ?? '');
  const write = level === undefined ? writeNews : writeToStandardError;
  diag.setLogger(createDiagLogger(write), {
    logLevel: level ?? DiagLogLevel.WARN,
    suppressOverrideMessage: true,
  });
  if (asked === undefined || level !== undefined) return;
  const expected = listed([...LEVELS.keys()]);
  tell(
    'warn',
    `${VARIABLE} is ignored: expected one of ${expected}, got ${shownText(asked, 'open')}`,
  );
}

function writeNews(text: string): void {
  if (!NO_NEWS.test(text)) writeToStandardError(text);
}

/**
 * A diag logger that hands each message to `write` as one text with a newline at its end.
 *
 * Applications replace the console by their logger: a warning about an export that went there would be
 * exported, and make the next warning. A line that begins as JSON, as the SDK writes errors of OTLP, would be taken
 * for one of the records that are written to the same place at the end of the process.
 */
export function createDiagLogger(write: (text: string) => void): DiagLogger {
  const log = (message: unknown, ...args: unknown[]): void =>
    write(`${format(message, ...args).replaceAll(/^\{/gmu, 'OpenTelemetry: {')}\n`);
  return { error: log, warn: log, info: log, debug: log, verbose: log };
}
