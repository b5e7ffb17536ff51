import { type Command, Option } from 'commander';
import type { DecodeOptions } from '../../decode/index.ts';

/** What the user says of the bytes; untold, it is found out. */
export type EncodingOptions = Pick<DecodeOptions, 'encoding' | 'compression'>;

const ENCODINGS = ['json', 'otlp-json', 'msgpack', 'body', 'distlog-json'];
const COMPRESSIONS = ['none', 'gzip', 'zstd'];

export function addEncodingOption(command: Command): Command {
  const description = 'how the records are encoded (default: found out)';
  return command.addOption(new Option('--encoding <name>', description).choices(ENCODINGS));
}

export function addCompressionOption(command: Command): Command {
  const description = 'how the bytes are compressed (default: found out)';
  return command.addOption(new Option('--compression <name>', description).choices(COMPRESSIONS));
}
