import { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { addEncodingOption } from '../print/encoding-options.ts';
import type { Messages } from '../print/messages.ts';
import { addPrintOptions } from '../print/print-options.ts';
import type { PrintOptions } from '../print/record-printer.ts';
import type { RecordBatch } from './record-batch.ts';

/** Opens a source of records; what fails is thrown when it is read. */
export type OpenSource = (messages: Messages) => AsyncIterable<RecordBatch>;

/** Makes the command that reads one kind of destination back. */
export type CreateSourceCommand = (io: CliIo) => Command;

/** A command for one source, with the options of all of them. */
export function createSourceCommand(name: string, description: string, help: string): Command {
  const command = new Command(name).description(description);
  return addEncodingOption(addPrintOptions(command)).addHelpText('after', `\n${help}\n`);
}

/** Loads what it takes to print, and prints what comes. */
export async function tailSource(
  openSource: OpenSource,
  options: PrintOptions,
  io: CliIo,
): Promise<void> {
  const { tailRecords } = await import('./tail-records.ts');
  await tailRecords(openSource, options, io);
}
