import { type Command, Option } from 'commander';
import type { CliIo } from '../../../cli/cli-io.ts';
import { durationArgument } from '../../../cli/print/number-argument.ts';
import type { PrintOptions } from '../../../cli/print/record-printer.ts';
import { createSourceCommand, tailSource } from '../../../cli/tail/create-source-command.ts';
import type { CloudWatchLogsSourceOptions } from './cloudwatch-logs-source.ts';

const HELP = `Searches every 2 seconds with FilterLogEvents, which needs logs:FilterLogEvents. An event that becomes
visible more than 30 seconds after others of its time is not shown.

Example:
  $ collectorless tail cloudwatch-logs /otel/shop --since 1h --attribute tenant=acme`;

const TEN_MINUTES = 600_000;

export function tailCommand(io: CliIo): Command {
  const prefix = new Option('--stream-prefix <text>', 'only streams that begin so');
  return createSourceCommand('cloudwatch-logs', 'the events of a log group', HELP)
    .argument('<group>', 'name or ARN of the log group')
    .option('--stream <name>', 'only this stream; may be given again', append)
    .addOption(prefix.conflicts('stream'))
    .addOption(
      new Option('--since <duration>', 'begin so long ago: 30s, 10m, 2h, 1d')
        .argParser(durationArgument)
        .default(TEN_MINUTES, '10m'),
    )
    .option('--region <region>', 'region of the group (default: as the AWS SDK finds it)')
    .option('--endpoint <url>', 'another address of CloudWatch Logs')
    .action(async (group: string, options: PrintOptions & CloudWatchLogsSourceOptions) => {
      const { cloudWatchLogsSource } = await import('./cloudwatch-logs-source.ts');
      await tailSource(
        (messages) => cloudWatchLogsSource(group, options, io, messages),
        options,
        io,
      );
    });
}

function append(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
