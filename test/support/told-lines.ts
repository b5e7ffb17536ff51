import { DiagLogLevel, diag } from '@opentelemetry/api';
import { onTestFinished } from 'vitest';

/** The warnings and errors that go to `diag` from now on, until the test ends. */
export function toldLines(): string[] {
  const lines: string[] = [];
  setLogger((line) => void lines.push(line));
  return lines;
}

/** The application's diag logger throws from now on, until the test ends. */
export function breakDiag(): void {
  setLogger(() => {
    throw new Error('The diag logger is broken');
  });
}

function setLogger(write: (line: string) => void): void {
  diag.setLogger(
    { error: write, warn: write, info: write, debug: write, verbose: write },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  onTestFinished(() => diag.disable());
}
