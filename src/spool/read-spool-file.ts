import { codeOf } from '../code-of.ts';
import { type DecodedFile, decodeFile } from './decode-file.ts';
import type { FileFacts } from './file-name.ts';
import { readWholeFile } from './read-whole-file.ts';
import { SpoolError } from './spool-error.ts';
import type { SpoolFileSystem } from './spool-file-system.ts';

/** Reading again cannot help: a link, a socket, a folder. */
const NO_FILE: ReadonlySet<string> = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'EISDIR', 'ENODEV']);

/**
 * A file that is what its name says, or why it is not.
 *
 * @throws The system's error when it is missing or cannot be read.
 */
export async function readSpoolFile(
  fileSystem: SpoolFileSystem,
  path: string,
  facts: FileFacts,
): Promise<DecodedFile | SpoolError> {
  const bytes = await readWholeFile(fileSystem, path, facts.byteSize).catch((cause: unknown) => {
    if (!NO_FILE.has(codeOf(cause) ?? '')) throw cause;
    return new SpoolError('ERR_SPOOL_DAMAGED', 'It is no plain file', { cause });
  });
  if (bytes instanceof SpoolError) return bytes;
  if (bytes.length < facts.byteSize) {
    return new SpoolError('ERR_SPOOL_DAMAGED', 'The file is truncated');
  }
  const decoded = decodeFile(bytes);
  return decoded instanceof SpoolError || isOfItsName(decoded, facts)
    ? decoded
    : new SpoolError('ERR_SPOOL_DAMAGED', 'The file is not what its name says');
}

function isOfItsName({ entries, targetId }: DecodedFile, facts: FileFacts): boolean {
  const recordCount = entries.reduce((sum, entry) => sum + entry.recordCount, 0);
  return targetId === facts.targetId && recordCount === facts.recordCount;
}
