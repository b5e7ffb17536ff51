import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { decodeStream } from '../../decode/index.ts';
import type { CliIo } from '../cli-io.ts';
import { MAX_RECORD_BYTES } from '../max-record-bytes.ts';
import type { EncodingOptions } from '../print/encoding-options.ts';
import { createMessages } from '../print/messages.ts';
import { type PrintOptions, RecordPrinter } from '../print/record-printer.ts';
import { describeFileError } from './describe-file-error.ts';

export type DecodeCommandOptions = PrintOptions & EncodingOptions;

const STDIN = '-';

/** Prints the records of all files in their order; one that is damaged or missing does not end it. */
export async function decodeFiles(
  files: readonly string[],
  options: DecodeCommandOptions,
  io: CliIo,
): Promise<void> {
  const printer = new RecordPrinter(io, options);
  const messages = createMessages(io);
  for (const file of files.length === 0 ? [STDIN] : files) {
    if (printer.isDone) return;
    const name = file === STDIN ? 'stdin' : file;
    const tell = (problem: string): void => {
      messages.warn(`${name}: ${problem}`);
      io.setExitCode(1);
    };
    try {
      await decodeFile(open(file, io), options, printer, tell);
    } catch (error) {
      if (io.signal.aborted) throw error;
      tell(describeFileError(error));
    }
  }
}

async function decodeFile(
  source: Readable,
  { compression, encoding }: EncodingOptions,
  printer: RecordPrinter,
  tell: (problem: string) => void,
): Promise<void> {
  const records = decodeStream(source, {
    ...(compression === undefined ? {} : { compression }),
    ...(encoding === undefined ? {} : { encoding }),
    maxDecompressedBytes: MAX_RECORD_BYTES,
    onError: ({ error }) => tell(error.message),
  });
  for await (const record of records) {
    await printer.print(record);
    if (printer.isDone) return;
  }
}

function open(file: string, { signal, stdin }: CliIo): Readable {
  return addAbortSignal(signal, file === STDIN ? stdin : createReadStream(file));
}
