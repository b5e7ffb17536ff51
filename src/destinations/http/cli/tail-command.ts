import type { Command } from 'commander';
import type { CliIo } from '../../../cli/cli-io.ts';
import { numberArgument } from '../../../cli/print/number-argument.ts';
import type { PrintOptions } from '../../../cli/print/record-printer.ts';
import { createSourceCommand, tailSource } from '../../../cli/tail/create-source-command.ts';
import type { HttpSourceOptions } from './http-source.ts';

const HELP = `Takes what the HTTP exporter sends, in any framing, encoding and compression, at any path, and OTLP as JSON.
Answers 200 when the records are printed, 400 when none could be read, 413 to more than 16 MiB.

Example:
  $ collectorless tail http 4000
  and in the application: new HttpLogRecordExporter({ url: 'http://127.0.0.1:4000' })`;

const MAX_PORT = 65_535;

export function tailCommand(io: CliIo): Command {
  return createSourceCommand('http', 'what is sent to a port of this machine over HTTP', HELP)
    .argument('<port>', 'where to listen; 0 for any free port', numberArgument(0, MAX_PORT))
    .option('--host <address>', 'the address to listen at; 0.0.0.0 for all', '127.0.0.1')
    .action(async (port: number, options: PrintOptions & HttpSourceOptions) => {
      const { httpSource } = await import('./http-source.ts');
      await tailSource((messages) => httpSource(port, options, io, messages), options, io);
    });
}
