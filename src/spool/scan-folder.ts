import { isJournalName, isTemporaryName, parseFileName } from './file-name.ts';
import { LOCK_DRAFT_NAME, LOCK_NAME } from './owner-folder.ts';
import type { SpoolFileSystem, SpoolFolderItem } from './spool-file-system.ts';

/** What is in an owner's folder, by names alone. */
export interface FolderScan {
  readonly files: readonly string[];
  readonly journals: readonly string[];
  /** What a crash left half-written. */
  readonly leftovers: readonly string[];
  readonly foreign: readonly string[];
  /** Of the files, as their names say. */
  readonly byteSize: number;
}

/** Names are read so many at a time, so that a hundred thousand do not block the event loop. */
const NAMES_AT_A_TIME = 512;

export async function scanFolder(fileSystem: SpoolFileSystem, path: string): Promise<FolderScan> {
  const files: string[] = [];
  const journals: string[] = [];
  const leftovers: string[] = [];
  const foreign: string[] = [];
  let byteSize = 0;
  for await (const item of await listFolder(fileSystem, path)) {
    const { name } = item;
    const facts = item.isFile() ? parseFileName(name) : undefined;
    if (facts !== undefined) {
      files.push(name);
      byteSize += facts.byteSize;
    } else if (item.isFile() && isJournalName(name)) journals.push(name);
    else if (item.isFile() && (isTemporaryName(name) || name === LOCK_DRAFT_NAME))
      leftovers.push(name);
    else if (name !== LOCK_NAME) foreign.push(name);
  }
  return { files, journals, leftovers, foreign, byteSize };
}

export function listFolder(
  fileSystem: SpoolFileSystem,
  path: string,
): Promise<AsyncIterable<SpoolFolderItem>> {
  return fileSystem.opendir(path, { bufferSize: NAMES_AT_A_TIME });
}
