import { dirname } from 'node:path';
import { syncFolder } from './owner-folder.ts';
import { SpoolError, systemCode } from './spool-error.ts';
import { PRIVATE_FOLDER, type SpoolFileSystem } from './spool-file-system.ts';

/** Makes the folder of a group and what is missing above it; private whatever the process allows others. */
export async function makeGroupFolder(fileSystem: SpoolFileSystem, path: string): Promise<void> {
  const directory = dirname(path);
  const firstMade = await fileSystem.mkdir(directory, { mode: PRIVATE_FOLDER, recursive: true });
  await makePrivateFolder(fileSystem, path);
  await syncFolder(fileSystem, directory);
  if (firstMade === undefined) return;
  for (let made = directory; made.length >= firstMade.length; made = dirname(made)) {
    await syncFolder(fileSystem, dirname(made));
  }
}

/** @throws SpoolError when something else than a folder is there, a link to one too. */
export async function makePrivateFolder(fileSystem: SpoolFileSystem, path: string): Promise<void> {
  try {
    await fileSystem.mkdir(path, { mode: PRIVATE_FOLDER, recursive: false });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    // Whoever may write beside us could have put a link to a place of his there.
    if (!(await fileSystem.lstat(path, { bigint: true })).isDirectory()) {
      throw new SpoolError('ERR_SPOOL_INVALID', `${path} is no folder`, { cause: error });
    }
  }
  await fileSystem.chmod(path, PRIVATE_FOLDER);
}
