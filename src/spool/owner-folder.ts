import { join } from 'node:path';
import { codeOf } from '../code-of.ts';
import type { FileLock } from './file-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { OPEN_FLAGS, type SpoolFileSystem } from './spool-file-system.ts';

export const LOCK_NAME = 'lock';
/** A lock file that is about to get its name. */
export const LOCK_DRAFT_NAME = 'lock.tmp';

export interface OwnerFolderParts {
  readonly fileSystem: SpoolFileSystem;
  readonly path: string;
  readonly lock: FileLock;
  readonly isAdopted: boolean;
}

/** A folder whose lock we hold: nobody else reads, sends or deletes its files. */
export class OwnerFolder {
  readonly path: string;
  readonly isAdopted: boolean;
  lock: FileLock;
  /** Files that are not yet deleted, and whoever else needs the folder. */
  uses = 0;
  /** Deleted under us, taken by another or given up. */
  isGone = false;
  readonly #fileSystem: SpoolFileSystem;
  readonly #sync: GroupCommit;

  constructor({ fileSystem, isAdopted, lock, path }: OwnerFolderParts) {
    this.path = path;
    this.isAdopted = isAdopted;
    this.lock = lock;
    this.#fileSystem = fileSystem;
    this.#sync = new GroupCommit(() => syncFolder(fileSystem, path));
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** Resolves when the names of all files that are there now are on disk. */
  sync(): Promise<void> {
    return this.#sync.run();
  }

  /** Gives the lock back: from now on the files may be another's. */
  async giveUp(): Promise<void> {
    this.isGone = true;
    await this.lock.release();
  }

  /** Takes the empty folder away and gives its lock back. What is not empty stays. */
  async remove(): Promise<void> {
    this.isGone = true;
    try {
      await this.#fileSystem.unlink(this.pathOf(LOCK_NAME));
      await this.#fileSystem.rmdir(this.path);
    } catch {
      // Something of somebody else is in it, or it is gone already: the next owner tidies up.
    } finally {
      await this.lock.release();
    }
  }
}

/** A new name is on disk when its folder is: https://man7.org/linux/man-pages/man2/fsync.2.html */
export async function syncFolder(fileSystem: SpoolFileSystem, path: string): Promise<void> {
  try {
    const handle = await fileSystem.open(path, OPEN_FLAGS.folder);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(codeOf(error) ?? '')) throw error;
  }
}

/** Windows and some network file systems have no such call for folders; one that may not be read cannot be opened. */
const NO_FOLDER_SYNC: ReadonlySet<string> = new Set([
  'EINVAL',
  'ENOTSUP',
  'EPERM',
  'EACCES',
  'EISDIR',
]);
