import { dirname } from 'node:path';
import { codeOf } from '../code-of.ts';
import { syncFolder } from './owner-folder.ts';
import { SpoolError } from './spool-error.ts';
import { PRIVATE_FOLDER, type SpoolFileSystem } from './spool-file-system.ts';

/** Makes the folder of a group and what is missing above it; private whatever the process allows others. */
export async function makeGroupFolder(fileSystem: SpoolFileSystem, path: string): Promise<void> {
  const directory = dirname(path);
  const missing = await missingFolders(fileSystem, directory);
  for (const folder of missing.toReversed()) await makeFolder(fileSystem, folder);
  await makePrivateFolder(fileSystem, path);
  await syncFolder(fileSystem, directory);
  for (const folder of missing) await syncFolder(fileSystem, dirname(folder));
}

/**
 * This folder and those above it that are not there, the lowest first.
 *
 * Each is made by itself: `mkdir` with `recursive` never returns, and keeps a thread busy for ever, where the
 * system says of a folder that is there that nothing can be made in it because it is missing, as Linux does in
 * `/proc`.
 */
async function missingFolders(fileSystem: SpoolFileSystem, path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path; !(await isThere(fileSystem, folder)); folder = dirname(folder)) {
    missing.push(folder);
    if (dirname(folder) === folder) break;
  }
  return missing;
}

async function isThere(fileSystem: SpoolFileSystem, path: string): Promise<boolean> {
  try {
    await fileSystem.lstat(path, { bigint: true });
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function makeFolder(fileSystem: SpoolFileSystem, path: string): Promise<void> {
  try {
    await fileSystem.mkdir(path, { mode: PRIVATE_FOLDER });
  } catch (error) {
    // Another process makes it too: it was first.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** @throws SpoolError when something else than a folder is there, a link to one too. */
export async function makePrivateFolder(fileSystem: SpoolFileSystem, path: string): Promise<void> {
  try {
    await fileSystem.mkdir(path, { mode: PRIVATE_FOLDER });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    // Whoever may write beside us could have put a link to a place of his there.
    if (!(await fileSystem.lstat(path, { bigint: true })).isDirectory()) {
      throw new SpoolError('ERR_SPOOL_INVALID', `${path} is no folder`, { cause: error });
    }
  }
  await fileSystem.chmod(path, PRIVATE_FOLDER);
}
