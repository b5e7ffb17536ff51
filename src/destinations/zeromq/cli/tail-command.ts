import type { Command } from 'commander';
import type { CliIo } from '../../../cli/cli-io.ts';
import type { PrintOptions } from '../../../cli/print/record-printer.ts';
import { createSourceCommand, tailSource } from '../../../cli/tail/create-source-command.ts';
import type { ZeroMqSourceOptions } from './zeromq-source.ts';

const HELP = `Keys for encryption are read from COLLECTORLESS_CURVE_SECRET_KEY, and where it connects also from
COLLECTORLESS_CURVE_PUBLIC_KEY and COLLECTORLESS_CURVE_SERVER_KEY.

Examples:
  $ collectorless tail zeromq tcp://127.0.0.1:5010
  $ collectorless tail zeromq --sub --topic PL tcp://logs.example:5011`;

export function tailCommand(io: CliIo): Command {
  return createSourceCommand('zeromq', 'what senders push or publish over ZeroMQ', HELP)
    .argument('[endpoint]', 'where to listen or connect', 'tcp://127.0.0.1:5010')
    .option('--sub', 'subscribe to PUB senders instead of taking from PUSH senders; connects')
    .option(
      '--topic <beginning>',
      'with --sub: only topics that begin so; may be given again',
      append,
    )
    .option('--connect', 'connect instead of listening')
    .option('--bind', 'with --sub: listen instead of connecting')
    .action(async (endpoint: string, options: PrintOptions & ZeroMqSourceOptions) => {
      const { zeroMqSource } = await import('./zeromq-source.ts');
      await tailSource((messages) => zeroMqSource(endpoint, options, io, messages), options, io);
    });
}

function append(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
