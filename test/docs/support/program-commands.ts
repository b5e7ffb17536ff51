import type { Command } from 'commander';
import { createProgram } from '../../../src/cli/create-program.ts';
import { createTestIo } from '../../cli/support/test-io.ts';

export interface ProgramCommand {
  /** `tail sqs` */
  readonly name: string;
  readonly command: Command;
}

/** The real program, in which no command does anything, ends the process or writes. */
export function createIdleProgram(): Command {
  const program = createProgram(createTestIo().io);
  const quieten = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
    if (command.commands.length === 0) command.action(() => {});
    for (const subcommand of command.commands) quieten(subcommand);
  };
  quieten(program);
  return program;
}

/** Every command that is no mere group of others. */
export function programCommands(): readonly ProgramCommand[] {
  const below = (command: Command, prefix: string): readonly ProgramCommand[] =>
    command.commands.flatMap((one) => {
      const name = `${prefix}${one.name()}`;
      return one.commands.length === 0 ? [{ name, command: one }] : below(one, `${name} `);
    });
  return below(createIdleProgram(), '');
}
