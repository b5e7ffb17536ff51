import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../packaging/support/package-root.ts';

/** A page of the repository. */
export interface Document {
  /** From the folder of package.json. */
  readonly path: string;
  readonly text: string;
}

export function readDocument(path: string): Document {
  return { path, text: readFileSync(join(packageRoot, path), 'utf8') };
}

/** Every page that speaks of what there is now. */
export const documents: readonly Document[] = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'].filter((path) =>
    existsSync(join(packageRoot, path)),
  ),
  ...readdirSync(join(packageRoot, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map(readDocument);

/** It speaks of earlier versions, too: what it names may be gone, but no link of it may be. */
export const changelog: Document = readDocument('CHANGELOG.md');
