import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { numberArgument } from '../print/number-argument.ts';
import type { PrintOptions } from '../print/record-printer.ts';
import { createSourceCommand, tailSource } from './create-source-command.ts';
import type { FileSourceOptions } from './file-source.ts';

const HELP = `Follows a file of lines, or of MessagePack, as it grows; one that is cut off or replaced (rotation) is read
from its beginning. MessagePack has no lines and is always read from its beginning. Compressed files cannot be
followed: use collectorless decode. On stdin compressed records are fine.

Examples:
  $ collectorless tail file --lines 100 /var/log/shop.ndjson
  $ node app.js | collectorless tail file -`;

export function createTailFileCommand(io: CliIo): Command {
  return createSourceCommand('file', 'what is in a file and what is written to it', HELP)
    .argument('<path>', 'the file, - for stdin')
    .option('--lines <count>', 'begin with so many last lines', numberArgument(0), 10)
    .option('--from-start', 'begin with the first line')
    .action(async (path: string, options: PrintOptions & FileSourceOptions) => {
      const { fileSource } = await import('./file-source.ts');
      await tailSource((messages) => fileSource(path, options, io, messages), options, io);
    });
}
