import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { folderPath } from './scratch.ts';

/** Bytes of all files that were installed in a folder. */
export async function installedBytes(folderName: string): Promise<number> {
  const path = join(folderPath(folderName), 'node_modules');
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) => lstat(join(parentPath, name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
