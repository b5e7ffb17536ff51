import type { TryLock } from './file-lock.ts';
import { SpoolError } from './spool-error.ts';

/** Loads the locks of the operating system, which Node.js itself does not offer. @throws SpoolError */
export async function loadTryLock(): Promise<TryLock> {
  try {
    const { tryLock } = await import('fs-native-extensions');
    return (fd) => tryLock(fd);
  } catch (cause) {
    const place = `${process.platform}-${process.arch}`;
    throw new SpoolError(
      'ERR_SPOOL_LOCK',
      `Cannot load the file locks of \`fs-native-extensions\` on ${place}: nothing is kept on disk`,
      { cause },
    );
  }
}
