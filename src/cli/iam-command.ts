import { Command, InvalidArgumentError, Option } from 'commander';
import type { CliIo } from './cli-io.ts';
import { AWS_NAMES } from './destinations.ts';
import type { IamOptions } from './iam/run-iam.ts';
import { collect } from './settings/collect.ts';

const EXAMPLES = `
Examples:
  $ collectorless iam cloudwatch-logs --region eu-west-1 --account 123456789012
  $ collectorless iam sqs --set queueName=logs --kms-key arn:aws:kms:eu-west-1:123456789012:key/…
  $ OTEL_LOGS_EXPORTER=firehose,sqs collectorless iam > policy.json

The policy goes to stdout, notes to stderr.`;

/** `collectorless iam`: the policy with no more than exporters need. */
export function createIamCommand(io: CliIo): Command {
  return new Command('iam')
    .summary('print the permissions that exporters need')
    .description(
      'Prints a policy of IAM with the actions that exporters with these environment variables call, on the ' +
        'resources that they name. What a placeholder stands for becomes a wildcard.',
    )
    .argument('[exporter...]', `${AWS_NAMES.join(', ')}; default: OTEL_LOGS_EXPORTER`)
    .option('--set <option=value>', 'an option in place of its variable; repeatable', collect)
    .option('--region <region>', 'default: the region of the exporter')
    .option('--account <id>', '12 digits; default: all accounts', accountId)
    .addOption(
      new Option('--partition <partition>', 'default: by the region').choices([
        'aws',
        'aws-cn',
        'aws-us-gov',
        'aws-eusc',
        'aws-iso',
        'aws-iso-b',
        'aws-iso-e',
        'aws-iso-f',
      ]),
    )
    .option('--kms-key <arn>', 'the key of the queue or of the data stream', keyArn)
    .option('--json', 'print one JSON document with the policy and the notes')
    .addHelpText('after', EXAMPLES)
    .action(async (names: string[], options: IamOptions) => {
      const { runIam } = await import('./iam/run-iam.ts');
      await runIam(names, options, io);
    });
}

function accountId(text: string): string {
  if (/^\d{12}$/u.test(text)) return text;
  throw new InvalidArgumentError('Expected 12 digits.');
}

/** A policy names a key by its id: an alias there would match nothing. */
function keyArn(text: string): string {
  if (/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/\S+$/u.test(text)) return text;
  throw new InvalidArgumentError('Expected the ARN of a key (not of an alias): arn:…:key/….');
}
