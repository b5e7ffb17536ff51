import { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { TAIL_COMMANDS } from './destinations.ts';
import { createTailFileCommand } from './tail/tail-file-command.ts';

const HELP = `
Runs until Ctrl-C (exit code 130), or until --limit records are printed. What cannot be read is told on stderr
and does not end it.

Example:
  $ collectorless tail http 4000 --min-severity warn
`;

export function createTailCommand(io: CliIo): Command {
  const command = new Command('tail')
    .description('print log records as they arrive')
    .addHelpText('after', HELP);
  for (const create of TAIL_COMMANDS) command.addCommand(create(io));
  return command.addCommand(createTailFileCommand(io));
}
