import { temporaryName } from './file-name.ts';
import type { OwnerFolder } from './owner-folder.ts';
import { SpoolError } from './spool-error.ts';
import {
  OPEN_FLAGS,
  PRIVATE_FILE,
  type SpoolFileHandle,
  type SpoolFileSystem,
} from './spool-file-system.ts';

export interface DurableFile {
  readonly folder: OwnerFolder;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Puts a file under its final name, with all its bytes on disk. The name itself is safe after `folder.sync()`.
 *
 * @param onLeftover Hears of a path that a failure leaves behind: nothing there can be trusted.
 */
export async function writeDurably(
  fileSystem: SpoolFileSystem,
  { bytes, folder, name }: DurableFile,
  onLeftover: (path: string) => void,
): Promise<void> {
  const path = folder.pathOf(temporaryName(name));
  const handle = await fileSystem.open(path, OPEN_FLAGS.createNew, PRIVATE_FILE);
  try {
    try {
      await writeAll(handle, bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await fileSystem.rename(path, folder.pathOf(name));
  } catch (error) {
    onLeftover(path);
    throw error;
  }
}

async function writeAll(handle: SpoolFileHandle, bytes: Uint8Array): Promise<void> {
  for (let position = 0; position < bytes.length; ) {
    // A disk that becomes full takes a part first, and says so at the next call.
    const length = bytes.length - position;
    const { bytesWritten } = await handle.write(bytes, position, length, position);
    if (bytesWritten === 0) throw new SpoolError('ERR_SPOOL_FULL', 'The disk takes no more');
    position += bytesWritten;
  }
}
