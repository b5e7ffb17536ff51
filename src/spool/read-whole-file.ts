import { SpoolError } from './spool-error.ts';
import { OPEN_FLAGS, type SpoolFileHandle, type SpoolFileSystem } from './spool-file-system.ts';

/**
 * All bytes of a file; a SpoolError when it is larger than `maxBytes`.
 *
 * @throws The system's error when it cannot be read.
 */
export async function readWholeFile(
  fileSystem: SpoolFileSystem,
  path: string,
  maxBytes: number,
): Promise<Buffer | SpoolError> {
  const handle = await fileSystem.open(path, OPEN_FLAGS.read);
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.size > BigInt(maxBytes)) {
      return new SpoolError('ERR_SPOOL_DAMAGED', 'The file is larger than it was');
    }
    return await readBytes(handle, Number(stats.size));
  } finally {
    await handle.close();
  }
}

async function readBytes(handle: SpoolFileHandle, byteCount: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(byteCount);
  for (let position = 0; position < byteCount; ) {
    const { bytesRead } = await handle.read(bytes, position, byteCount - position, position);
    if (bytesRead === 0) return bytes.subarray(0, position);
    position += bytesRead;
  }
  return bytes;
}
