import { type Command, Option } from 'commander';
import { COMPRESSIONS } from '../../decode/decode-options.ts';
import type { DecodeOptions } from '../../decode/index.ts';
import { ENCODING_NAMES } from '../../encode/encodings.ts';

/** What the user says of the bytes; untold, it is found out. */
export type EncodingOptions = Pick<DecodeOptions, 'encoding' | 'compression'>;

export function addEncodingOption(command: Command): Command {
  const description = 'how the records are encoded (default: found out)';
  return command.addOption(new Option('--encoding <name>', description).choices(ENCODING_NAMES));
}

export function addCompressionOption(command: Command): Command {
  const description = 'how the bytes are compressed (default: found out)';
  return command.addOption(new Option('--compression <name>', description).choices(COMPRESSIONS));
}
