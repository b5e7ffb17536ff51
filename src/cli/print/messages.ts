import type { CliIo } from '../cli-io.ts';
import { safeText } from './safe-text.ts';

/** What a command tells beside its output: on stderr, one line each, safe for a terminal. */
export interface Messages {
  /** Something is wrong and the command goes on. */
  warn(text: string): void;
  note(text: string): void;
}

export function createMessages({ stderr }: CliIo): Messages {
  return {
    warn: (text) => void stderr.write(`warning: ${safeText(text)}\n`),
    note: (text) => void stderr.write(`${safeText(text)}\n`),
  };
}
