import { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { createTailCloudWatchLogsCommand } from './tail/tail-cloudwatch-logs-command.ts';
import { createTailFileCommand } from './tail/tail-file-command.ts';
import { createTailHttpCommand } from './tail/tail-http-command.ts';
import { createTailSqsCommand } from './tail/tail-sqs-command.ts';
import { createTailZeroMqCommand } from './tail/tail-zeromq-command.ts';

const HELP = `
Runs until Ctrl-C (exit code 130), or until --limit records are printed. What cannot be read is told on stderr
and does not end it.

Example:
  $ collectorless tail http 4000 --min-severity warn
`;

export function createTailCommand(io: CliIo): Command {
  return new Command('tail')
    .description('print log records as they arrive')
    .addCommand(createTailZeroMqCommand(io))
    .addCommand(createTailSqsCommand(io))
    .addCommand(createTailCloudWatchLogsCommand(io))
    .addCommand(createTailFileCommand(io))
    .addCommand(createTailHttpCommand(io))
    .addHelpText('after', HELP);
}
