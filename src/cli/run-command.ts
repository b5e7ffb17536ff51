import { type Command, CommanderError } from 'commander';
import { toError } from '../to-error.ts';
import type { CliIo } from './cli-io.ts';
import { UserError } from './user-error.ts';

const INTERRUPTED = 130;

/** Runs a command, or the program of all, and says by the exit code how it went. Never rejects. */
export async function runCommand(
  command: Command,
  commandArguments: readonly string[],
  io: CliIo,
): Promise<void> {
  prepare(command, io);
  try {
    await command.parseAsync([...commandArguments], { from: 'user' });
  } catch (thrown) {
    io.setExitCode(explain(thrown, io));
  }
}

/** Commander ends the process and writes to the console unless each command is told not to. */
function prepare(command: Command, io: CliIo): void {
  command.exitOverride();
  command.showHelpAfterError(`(see ${fullName(command)} --help)`);
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    getOutHasColors: () => io.isColorful,
    getErrHasColors: () => false,
  });
  for (const subcommand of command.commands) prepare(subcommand, io);
}

function fullName(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

/** Writes what the user needs to know; answers the exit code. */
function explain(thrown: unknown, io: CliIo): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof UserError) {
    io.stderr.write(`error: ${thrown.message}\n`);
    return thrown.exitCode;
  }
  if (io.signal.aborted) return INTERRUPTED;
  const error = toError(thrown);
  if (io.environment['COLLECTORLESS_DEBUG'] === '1') {
    io.stderr.write(`${error.stack ?? error.message}\n`);
  } else {
    const line = error.message.split('\n', 1)[0];
    io.stderr.write(`error: ${line} (COLLECTORLESS_DEBUG=1 shows more)\n`);
  }
  return 1;
}
