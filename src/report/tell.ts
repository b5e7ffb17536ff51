import { diag } from '@opentelemetry/api';

/** A line to the application's diag logger, which may be broken: nothing depends on it. */
export function tell(level: 'warn' | 'error', message: string): void {
  try {
    diag[level](`[collectorless] ${message}`);
  } catch {
    // There is nowhere left to say so.
  }
}
