import { onTestFinished } from 'vitest';
import { Child } from './child.ts';
import { environment, pythonScript } from './environment.ts';

/** Runs a script of `python/` to its end; each line of its output, parsed. */
export async function runPython(
  name: string,
  args: readonly string[],
  input?: Uint8Array,
): Promise<unknown[]> {
  const lines = await new Child(environment.python, [pythonScript(name), ...args]).run(input);
  return lines.map((line): unknown => JSON.parse(line));
}

/** Starts a script of `python/` that runs until the test ends. */
export function startPython(name: string, args: readonly string[]): Child {
  const child = new Child(environment.python, [pythonScript(name), ...args]);
  onTestFinished(() => child.stop());
  return child;
}
