import { codeOf } from '../../code-of.ts';
import { describeError } from '../../describe-error.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'is a folder',
};

/** Why a file cannot be read, in a few words. */
export function describeFileError(error: unknown): string {
  return SENTENCES[codeOf(error) ?? ''] ?? describeError(error);
}
