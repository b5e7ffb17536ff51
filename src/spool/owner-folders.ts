import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { type FileLock, isMissing, placeLock, type TryLock, takeLock } from './file-lock.ts';
import { makeGroupFolder, makePrivateFolder } from './make-group-folder.ts';
import { LOCK_DRAFT_NAME, LOCK_NAME, OwnerFolder, syncFolder } from './owner-folder.ts';
import { SpoolError } from './spool-error.ts';
import type { SpoolParts } from './spool-parts.ts';

const MAX_ATTEMPTS = 5;

/** The folders whose locks we hold: our own, made when it is first needed, and those of dead owners. */
export class OwnerFolders {
  readonly #parts: SpoolParts;
  readonly #loadTryLock: () => Promise<TryLock>;
  readonly #onGone: (folder: OwnerFolder) => void;
  readonly #held = new Map<string, OwnerFolder>();
  readonly #checking = new Map<OwnerFolder, Promise<void>>();
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

  /**
   * Finds out whether a folder is still there and ours; one that is not is given up. Who asks meanwhile hears the same
   * answer: a second look would meet the lock that the first one has just taken, and give the folder up for it.
   */
  check(folder: OwnerFolder): Promise<void> {
    const underWay = this.#checking.get(folder);
    if (underWay !== undefined) return underWay;
    const checking = this.#check(folder).finally(() => this.#checking.delete(folder));
    this.#checking.set(folder, checking);
    return checking;
  }

  async #check(folder: OwnerFolder): Promise<void> {
    if (folder.isGone || (await folder.lock.isInPlace()) || (await this.#relock(folder))) return;
    // It went with its last file meanwhile.
    if (folder.isGone) return;
    this.forget(folder);
    await folder.giveUp();
    this.#onGone(folder);
  }

  /** Somebody deleted nothing but the lock file: a new one, before a living process thinks that we are dead. */
  async #relock(folder: OwnerFolder): Promise<boolean> {
    try {
      const lock = await this.#newLock(folder);
      if (lock === undefined) return false;
      await folder.lock.release();
      folder.lock = lock;
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async #newLock(folder: OwnerFolder): Promise<FileLock | undefined> {
    const { fileSystem } = this.#parts;
    const tryLock = await this.#locks();
    const path = folder.pathOf(LOCK_NAME);
    const draftPath = folder.pathOf(LOCK_DRAFT_NAME);
    return (
      (await placeLock(fileSystem, tryLock, { draftPath, path })) ??
      takeLock(fileSystem, tryLock, path, { create: true })
    );
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
