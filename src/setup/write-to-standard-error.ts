import { writeSync } from 'node:fs';

/** Writes to the standard error output itself, whatever `process.stderr` was replaced by. */
export function writeToStandardError(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Its reader is gone or slow: a diagnostic line is not worth waiting for.
  }
}
