import { diag } from '@opentelemetry/api';
import { describeError } from '../describe-error.ts';

/** A line to the application's diag logger, which may be broken: nothing depends on it. */
export function tell(level: 'warn' | 'error', message: string): void {
  try {
    diag[level](`[collectorless] ${message}`);
  } catch {
    // There is nowhere left to say so.
  }
}

/** Tells of what should never be thrown, so that it ends nothing. */
export function bugTeller(name: string): (error: unknown) => void {
  return (error) => tell('error', `${name}: ${describeError(error)}`);
}
