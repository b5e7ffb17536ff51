import type { CliIo } from '../cli-io.ts';
import { createMessages } from '../print/messages.ts';
import { type PrintOptions, RecordPrinter } from '../print/record-printer.ts';
import type { OpenSource } from './create-source-command.ts';

const INTERRUPTED = 130;

/** Prints what comes until the limit is reached, the source ends or the user ends it. */
export async function tailRecords(
  openSource: OpenSource,
  options: PrintOptions,
  io: CliIo,
): Promise<void> {
  const printer = new RecordPrinter(io, options);
  for await (const { records, settle } of openSource(createMessages(io))) {
    let printedCount = 0;
    for (const record of records) if (await printer.print(record)) printedCount += 1;
    settle?.({ areAllPrinted: printedCount === records.length });
    if (printer.isDone || io.signal.aborted) break;
  }
  if (io.signal.aborted) io.setExitCode(INTERRUPTED);
}
