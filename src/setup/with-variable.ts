import { EXIT_FLUSH_MILLIS } from './exit-guard/exit-guard-options.ts';
import { readVariable } from './read-variable.ts';

const OTLP_TIMEOUT = 'OTEL_EXPORTER_OTLP_TIMEOUT';

/**
 * Runs `work` while a variable of the process has another value, or none, for code of others that reads it by
 * itself. Afterwards it is what it was, also for child processes.
 */
export function withVariable<T>(name: string, value: string | undefined, work: () => T): T {
  const before = process.env[name];
  setVariable(name, value);
  try {
    return work();
  } finally {
    setVariable(name, before);
  }
}

/**
 * OTLP exporters that `work` makes give up a request after the time that the end of the process may take:
 * nothing else would let go of an application that ends its own work, and their own 10 s are those after which
 * Docker kills. A variable that is set wins, also that of one signal.
 */
export function withOtlpTimeout<T>(work: () => T): T {
  if (readVariable(process.env, OTLP_TIMEOUT) !== undefined) return work();
  return withVariable(OTLP_TIMEOUT, String(EXIT_FLUSH_MILLIS), work);
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
