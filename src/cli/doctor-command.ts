import { Command, InvalidArgumentError } from 'commander';
import type { CliIo } from './cli-io.ts';
import { DESTINATION_NAMES } from './destinations.ts';
import type { DoctorOptions } from './doctor/run-doctor.ts';
import { collect } from './settings/collect.ts';

const EXAMPLES = `
Examples:
  $ OTEL_LOGS_EXPORTER=cloudwatch-logs collectorless doctor
  $ collectorless doctor sqs --set queueName=logs --set clientConfig.region=eu-west-1
  $ collectorless doctor http --json

Exit code: 0 everything works, 1 something does not, 2 wrong usage.`;

/** `collectorless doctor`: what is wrong with the set-up, and what to do about it. */
export function createDoctorCommand(io: CliIo): Command {
  return new Command('doctor')
    .summary('find out why logs do not arrive')
    .description(
      'Looks at configuration, packages, region, credentials, network and target of exporters, as an application ' +
        'with these environment variables has them, and sends one test record through each.',
    )
    .argument('[exporter...]', `${DESTINATION_NAMES.join(', ')}; default: OTEL_LOGS_EXPORTER`)
    .option('--set <option=value>', 'an option in place of its variable; repeatable', collect)
    .option('--timeout-millis <n>', 'time for the test record', positiveNumber, 10_000)
    .option('--json', 'print one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (names: string[], options: DoctorOptions) => {
      const { runDoctor } = await import('./doctor/run-doctor.ts');
      await runDoctor(names, options, io);
    });
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 600_000) return value;
  throw new InvalidArgumentError('Expected a whole number of milliseconds, 1 to 600000.');
}
