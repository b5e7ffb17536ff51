import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../packaging/support/package-root.ts';

/**
 * Where the folders are. Not in the repository: what a cell has not installed would be found in the
 * repository's `node_modules`.
 */
export const scratch: string = join(
  tmpdir(),
  `collectorless-compat-${createHash('sha256').update(packageRoot).digest('hex').slice(0, 8)}`,
);

export function folderPath(name: string): string {
  return join(scratch, name);
}
