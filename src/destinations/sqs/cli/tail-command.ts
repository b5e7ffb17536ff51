import type { Command } from 'commander';
import type { CliIo } from '../../../cli/cli-io.ts';
import { numberArgument } from '../../../cli/print/number-argument.ts';
import type { PrintOptions } from '../../../cli/print/record-printer.ts';
import { createSourceCommand, tailSource } from '../../../cli/tail/create-source-command.ts';
import type { SqsSourceOptions } from './sqs-source.ts';

const HELP = `Messages stay in the queue unless --delete is given. Each one is hidden from other readers for
--hide-seconds and counts as received once more: a queue with a redrive policy moves what was received too
often. With --delete, messages of which every record was printed are deleted; what a filter holds back stays.

Example:
  $ collectorless tail sqs shop-logs --region eu-west-1 --min-severity warn`;

const MAX_HIDE_SECONDS = 43_200;

export function tailCommand(io: CliIo): Command {
  return createSourceCommand('sqs', 'the messages in an SQS queue', HELP)
    .argument('<queue>', 'name or URL of the queue')
    .option('--delete', 'take what was printed out of the queue')
    .option(
      '--hide-seconds <seconds>',
      'how long other readers do not see what was received',
      numberArgument(1, MAX_HIDE_SECONDS),
      30,
    )
    .option('--region <region>', 'region of the queue (default: as the AWS SDK finds it)')
    .option('--endpoint <url>', 'another address of SQS')
    .action(async (queue: string, options: PrintOptions & SqsSourceOptions) => {
      const { sqsSource } = await import('./sqs-source.ts');
      await tailSource((messages) => sqsSource(queue, options, io, messages), options, io);
    });
}
