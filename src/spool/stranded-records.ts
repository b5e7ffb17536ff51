import { dirname, join } from 'node:path';
import { type TryLock, takeLock } from './file-lock.ts';
import { parseFileName } from './file-name.ts';
import { LOCK_NAME } from './owner-folder.ts';
import { listFolder, scanFolder } from './scan-folder.ts';
import type { SpoolParts } from './spool-parts.ts';

/** A folder that many processes share is not looked through for long. */
const MAX_OWNERS = 1_000;

export interface StrandedRecordsParts
  extends Pick<SpoolParts, 'events' | 'fileSystem' | 'groupPath'> {
  readonly loadTryLock: () => Promise<TryLock>;
  /** Asked about the name of a folder beside the group's. */
  readonly isRelated: (folderName: string) => boolean;
}

/**
 * Tells of the records of dead owners in the folders of other groups, which nobody here will send: whoever mends a wrong
 * region or address is in another group from then on. Where one owner of a group lives, that one will take them over.
 */
export class StrandedRecords {
  readonly #parts: StrandedRecordsParts;
  #ownersLeft = MAX_OWNERS;

  constructor(parts: StrandedRecordsParts) {
    this.#parts = parts;
  }

  /** Tells of all there are. @throws The system's error. */
  async tell(): Promise<void> {
    const { events, fileSystem, groupPath, isRelated, loadTryLock } = this.#parts;
    const directory = dirname(groupPath);
    for await (const item of await listFolder(fileSystem, directory)) {
      const path = join(directory, item.name);
      if (!item.isDirectory() || path === groupPath || !isRelated(item.name)) continue;
      const recordCount = await this.#countDead(path, await loadTryLock());
      if (recordCount > 0) events.stranded({ path, recordCount });
    }
  }

  /** 0 where an owner lives. */
  async #countDead(path: string, tryLock: TryLock): Promise<number> {
    const { fileSystem } = this.#parts;
    let sum = 0;
    for await (const owner of await listFolder(fileSystem, path)) {
      if (!owner.isDirectory() || this.#ownersLeft === 0) continue;
      this.#ownersLeft -= 1;
      const folder = join(path, owner.name);
      if (await this.#isAlive(folder, tryLock)) return 0;
      const { files } = await scanFolder(fileSystem, folder);
      for (const name of files) sum += parseFileName(name)?.recordCount ?? 0;
    }
    return sum;
  }

  /** The lock is given back at once: who would take the folder over must not meet it. */
  async #isAlive(folder: string, tryLock: TryLock): Promise<boolean> {
    const path = join(folder, LOCK_NAME);
    try {
      const lock = await takeLock(this.#parts.fileSystem, tryLock, path, { create: false });
      await lock?.release();
      return lock === undefined;
    } catch {
      // Without a lock file it was nobody's, or is about to be somebody's.
      return false;
    }
  }
}
