import type { CliIo } from '../../../src/cli/cli-io.ts';
import { createProgram } from '../../../src/cli/create-program.ts';
import { runCommand } from '../../../src/cli/run-command.ts';
import { type CliRun, createTestIo } from './test-io.ts';

/** Runs the whole program in this process. */
export async function runCli(
  commandArguments: readonly string[],
  options: Partial<CliIo> = {},
): Promise<CliRun> {
  const { io, result } = createTestIo(options);
  await runCommand(createProgram(io), commandArguments, io);
  return result();
}
