import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test that runs, which goes with it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'collectorless-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
