import { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { DecodeCommandOptions } from './decode/decode-files.ts';
import { addCompressionOption, addEncodingOption } from './print/encoding-options.ts';
import { addPrintOptions } from './print/print-options.ts';

const HELP = `
Reads what the exporters write, as Firehose stores it in S3: lines of JSON, MessagePack, OTLP/JSON,
gzip and zstd, also several one after the other. What is damaged is told on stderr with its place; what
stands beside it is printed all the same. Ends with 1 when something was damaged or could not be read.

Example:
  $ aws s3 cp s3://bucket/2026/11/21/03/shop-logs-1 - | collectorless decode --min-severity warn
`;

export function createDecodeCommand(io: CliIo): Command {
  const command = new Command('decode')
    .description('print the log records in files, or in what comes on stdin')
    .argument('[files...]', 'the files; - or none for stdin');
  addCompressionOption(addEncodingOption(addPrintOptions(command)));
  return command
    .addHelpText('after', HELP)
    .action(async (files: string[], options: DecodeCommandOptions) => {
      const { decodeFiles } = await import('./decode/decode-files.ts');
      await decodeFiles(files, options, io);
    });
}
