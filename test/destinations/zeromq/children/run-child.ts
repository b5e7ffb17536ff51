import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ChildResult {
  readonly code: number | null;
  readonly output: string;
  readonly durationMillis: number;
}

/** Runs a script to its end; its output is all that it wrote. */
export function runChild(script: URL, ...args: readonly string[]): Promise<ChildResult> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--no-warnings', fileURLToPath(script), ...args]);
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, output, durationMillis: performance.now() - start }),
    );
  });
}
