// Written by `npm run generate` from the folders of `src`. Do not edit.
import type { DestinationName } from '../destinations/manifests.ts';
import { tailCommand as cloudwatchLogsTail } from '../destinations/cloudwatch-logs/cli/tail-command.ts';
import { tailCommand as sqsTail } from '../destinations/sqs/cli/tail-command.ts';
import { tailCommand as httpTail } from '../destinations/http/cli/tail-command.ts';
import { tailCommand as zeromqTail } from '../destinations/zeromq/cli/tail-command.ts';
import type { DestinationCommands } from './destination-commands.ts';
import type { CreateSourceCommand } from './tail/create-source-command.ts';

/** As users see them listed. */
export const DESTINATION_NAMES: readonly DestinationName[] = [
  'cloudwatch-logs',
  'firehose',
  'kinesis',
  'sqs',
  'http',
  'zeromq',
];

/** Those that need permissions of AWS. */
export const AWS_NAMES: readonly DestinationName[] = [
  'cloudwatch-logs',
  'firehose',
  'kinesis',
  'sqs',
];

/** What the commands know of a destination; it loads when a command runs. */
export const LOAD_COMMANDS: Readonly<
  Record<DestinationName, () => Promise<DestinationCommands>>
> = {
  'cloudwatch-logs': async () =>
    (await import('../destinations/cloudwatch-logs/cli/commands.ts')).commands,
  firehose: async () =>
    (await import('../destinations/firehose/cli/commands.ts')).commands,
  kinesis: async () =>
    (await import('../destinations/kinesis/cli/commands.ts')).commands,
  sqs: async () =>
    (await import('../destinations/sqs/cli/commands.ts')).commands,
  http: async () =>
    (await import('../destinations/http/cli/commands.ts')).commands,
  zeromq: async () =>
    (await import('../destinations/zeromq/cli/commands.ts')).commands,
};

/** Of the destinations that can be read back. */
export const TAIL_COMMANDS: readonly CreateSourceCommand[] = [
  cloudwatchLogsTail,
  sqsTail,
  httpTail,
  zeromqTail,
];
