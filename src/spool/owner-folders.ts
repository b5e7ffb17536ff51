import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { isMissing, type TryLock, takeLock } from './file-lock.ts';
import { makeGroupFolder, makePrivateFolder } from './make-group-folder.ts';
import { LOCK_NAME, OwnerFolder, syncFolder } from './owner-folder.ts';
import { SpoolError } from './spool-error.ts';
import type { SpoolParts } from './spool-parts.ts';

const MAX_ATTEMPTS = 5;

/** The folders whose locks we hold: our own, made when it is first needed, and those of dead owners. */
export class OwnerFolders {
  readonly #parts: SpoolParts;
  readonly #loadTryLock: () => Promise<TryLock>;
  readonly #onGone: (folder: OwnerFolder) => void;
  readonly #held = new Map<string, OwnerFolder>();
  #own: OwnerFolder | undefined;
  #making: Promise<OwnerFolder> | undefined;
  #tryLock: TryLock | undefined;

  /** @param onGone Hears of a folder that was deleted under us or taken by another. */
  constructor(
    parts: SpoolParts,
    loadTryLock: () => Promise<TryLock>,
    onGone: (folder: OwnerFolder) => void,
  ) {
    this.#parts = parts;
    this.#loadTryLock = loadTryLock;
    this.#onGone = onGone;
  }

  get all(): readonly OwnerFolder[] {
    return [...this.#held.values()];
  }

  isHeld(ownerId: string): boolean {
    return this.#held.has(ownerId);
  }

  forget(folder: OwnerFolder): void {
    this.#held.delete(basename(folder.path));
  }

  /** Our own folder. @throws The system's error when it cannot be made. */
  async own(): Promise<OwnerFolder> {
    if (this.#own !== undefined && !this.#own.isGone) return this.#own;
    this.#making ??= this.#makeOwn().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** The folder of another owner, if that one is dead. @throws The system's error, when it has no lock file too. */
  async adopt(
    ownerId: string,
    options: { readonly create: boolean },
  ): Promise<OwnerFolder | undefined> {
    return this.#take(ownerId, true, options);
  }

  /** Finds out whether a folder is still there and ours; one that is not is given up. */
  async check(folder: OwnerFolder): Promise<void> {
    if (folder.isGone || (await folder.lock.isInPlace()) || (await this.#relock(folder))) return;
    // Also asked by others meanwhile.
    if (folder.isGone) return;
    this.forget(folder);
    await folder.giveUp();
    this.#onGone(folder);
  }

  /** Somebody deleted nothing but the lock file: a new one, before a living process thinks that we are dead. */
  async #relock(folder: OwnerFolder): Promise<boolean> {
    const path = folder.pathOf(LOCK_NAME);
    try {
      const lock = await takeLock(this.#parts.fileSystem, await this.#locks(), path, {
        create: true,
      });
      if (lock === undefined) return false;
      await folder.lock.release();
      folder.lock = lock;
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async #makeOwn(): Promise<OwnerFolder> {
    const { fileSystem, groupPath } = this.#parts;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      await this.#locks();
      await makeGroupFolder(fileSystem, groupPath);
      const ownerId = randomBytes(12).toString('hex');
      try {
        await makePrivateFolder(fileSystem, join(groupPath, ownerId));
        const folder = await this.#take(ownerId, false, { create: true });
        if (folder === undefined) continue;
        await syncFolder(fileSystem, groupPath);
        this.#own = folder;
        return folder;
      } catch (error) {
        // Somebody tidied it away before it had its lock.
        if (isMissing(error)) continue;
        await this.#clearAway(join(groupPath, ownerId));
        throw error;
      }
    }
    throw new SpoolError('ERR_SPOOL_GONE', 'Every new folder was taken away at once');
  }

  /** A disk that fails is tried again and again: no attempt may leave a folder. */
  async #clearAway(path: string): Promise<void> {
    const { fileSystem } = this.#parts;
    await fileSystem.unlink(join(path, LOCK_NAME)).catch(() => {});
    await fileSystem.rmdir(path).catch(() => {});
  }

  async #take(
    ownerId: string,
    isAdopted: boolean,
    options: { readonly create: boolean },
  ): Promise<OwnerFolder | undefined> {
    const { fileSystem, groupPath } = this.#parts;
    const path = join(groupPath, ownerId);
    const lock = await takeLock(fileSystem, await this.#locks(), join(path, LOCK_NAME), options);
    if (lock === undefined) return undefined;
    const folder = new OwnerFolder({ fileSystem, path, lock, isAdopted });
    this.#held.set(ownerId, folder);
    return folder;
  }

  async #locks(): Promise<TryLock> {
    this.#tryLock ??= await this.#loadTryLock();
    return this.#tryLock;
  }
}
