import { dirname, join } from 'node:path';
import { type TryLock, takeLock } from './file-lock.ts';
import { parseFileName } from './file-name.ts';
import { LOCK_NAME } from './owner-folder.ts';
import { listFolder, scanFolder } from './scan-folder.ts';
import type { SpoolParts } from './spool-parts.ts';

type Parts = Pick<SpoolParts, 'events' | 'fileSystem' | 'groupPath'>;

/**
 * Tells of the records of dead owners in the folders of other groups, which nobody here will send: whoever mends a wrong
 * region or address is in another group from then on. Those of living owners are sent by them.
 *
 * @param isRelated Asked about the name of a folder beside the group's.
 * @throws The system's error.
 */
export async function tellOfStranded(
  parts: Parts,
  isRelated: (folderName: string) => boolean,
  loadTryLock: () => Promise<TryLock>,
): Promise<void> {
  const { events, fileSystem, groupPath } = parts;
  for await (const item of await listFolder(fileSystem, dirname(groupPath))) {
    const path = join(dirname(groupPath), item.name);
    if (!item.isDirectory() || path === groupPath || !isRelated(item.name)) continue;
    const recordCount = await deadRecordsIn(path, parts, await loadTryLock());
    if (recordCount > 0) events.stranded({ path, recordCount });
  }
}

async function deadRecordsIn(
  path: string,
  { fileSystem }: Pick<SpoolParts, 'fileSystem'>,
  tryLock: TryLock,
): Promise<number> {
  let sum = 0;
  for await (const owner of await listFolder(fileSystem, path)) {
    if (!owner.isDirectory()) continue;
    const folder = join(path, owner.name);
    const lockPath = join(folder, LOCK_NAME);
    // One without a lock file was never anybody's, or is about to be.
    const lock = await takeLock(fileSystem, tryLock, lockPath, { create: false }).catch(() => {});
    if (lock === undefined) continue;
    try {
      const { files } = await scanFolder(fileSystem, folder);
      for (const name of files) sum += parseFileName(name)?.recordCount ?? 0;
    } finally {
      await lock.release();
    }
  }
  return sum;
}
