import { codeOf } from '../code-of.ts';
import {
  OPEN_FLAGS,
  PRIVATE_FILE,
  type SpoolFileHandle,
  type SpoolFileSystem,
} from './spool-file-system.ts';

/**
 * Takes the exclusive lock of an open file, without waiting; false when somebody else has it, in this process too.
 * The system gives it back when the file is closed or its process has died, however it died.
 */
export type TryLock = (fd: number) => boolean;

/** A lock that is held for as long as its file is open. */
export class FileLock {
  readonly #fileSystem: SpoolFileSystem;
  readonly #handle: SpoolFileHandle;
  readonly #path: string;

  constructor(fileSystem: SpoolFileSystem, handle: SpoolFileHandle, path: string) {
    this.#fileSystem = fileSystem;
    this.#handle = handle;
    this.#path = path;
  }

  /** Whether others who open the path still meet this lock: not when its file was deleted or replaced. */
  async isInPlace(): Promise<boolean> {
    const open = await this.#handle.stat({ bigint: true });
    try {
      const found = await this.#fileSystem.lstat(this.#path, { bigint: true });
      return found.ino === open.ino && found.dev === open.dev;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async release(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }
}

/**
 * Takes the lock of the file at `path`; undefined when somebody else has it, or takes the file away meanwhile.
 *
 * @throws The system's error when the file cannot be opened.
 */
export async function takeLock(
  fileSystem: SpoolFileSystem,
  tryLock: TryLock,
  path: string,
  options: { readonly create: boolean },
): Promise<FileLock | undefined> {
  const flags = options.create ? OPEN_FLAGS.createLock : OPEN_FLAGS.lock;
  const handle = await fileSystem.open(path, flags, PRIVATE_FILE);
  const lock = new FileLock(fileSystem, handle, path);
  try {
    // Its holder may have removed the file between our opening it and our locking it.
    if (tryLock(handle.fd) && (await lock.isInPlace())) return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
  await lock.release();
  return undefined;
}

/**
 * Makes the missing lock file at `path`. It has its name only when it is locked, so that who looks for dead owners
 * meanwhile cannot be first. Undefined when something has that name by now, or the file system has no hard links.
 *
 * @param draftPath Its name until then, beside it.
 * @throws The system's error when the file cannot be made.
 */
export async function placeLock(
  fileSystem: SpoolFileSystem,
  tryLock: TryLock,
  { draftPath, path }: { readonly draftPath: string; readonly path: string },
): Promise<FileLock | undefined> {
  const handle = await fileSystem.open(draftPath, OPEN_FLAGS.createLock, PRIVATE_FILE);
  const lock = new FileLock(fileSystem, handle, path);
  try {
    if (tryLock(handle.fd)) {
      // Not a rename: that would take the place of a file which another owner has made and locked.
      await fileSystem.link(draftPath, path);
      return lock;
    }
  } catch {
    // Whoever needs it tries it the other way, and hears why that fails.
  } finally {
    await fileSystem.unlink(draftPath).catch(() => {});
  }
  await lock.release();
  return undefined;
}

/** Nothing is at the path, or what should be a folder on the way is none. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
