import { resolve } from 'node:path';
import type { GivenVariable } from './read-variables.ts';

/** Where the process is now; undefined when that folder was deleted. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** The variables with a relative folder as it is meant at the start: the application may go elsewhere. */
export function fromWorkingFolder(
  given: readonly GivenVariable[],
  folder: string | undefined,
): readonly GivenVariable[] {
  if (folder === undefined) return given;
  return given.map(({ value, variable }) =>
    variable.option === 'spool.directory' && typeof value === 'string'
      ? { value: resolve(folder, value), variable }
      : { value, variable },
  );
}
