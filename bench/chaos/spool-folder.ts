import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFileName } from '../../src/spool/file-name.ts';
import type { ExporterName } from './chaos-exporters.ts';

export function spoolPaths(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.spool'),
  );
}

/** Records on disk of one exporter; files that were set aside are counted as dropped. */
export function spooledRecords(directory: string, name: ExporterName): number {
  return spoolPaths(directory)
    .filter((path) => path.startsWith(`${name}-`) && !path.includes('set-aside'))
    .reduce((sum, path) => sum + (parseFileName(basename(path))?.recordCount ?? 0), 0);
}

/** Deletes all that is in the directory while others write to it. */
export function emptyFolder(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name === 'ballast') continue;
    rmSync(join(directory, name), { recursive: true, force: true, maxRetries: 20 });
  }
}
