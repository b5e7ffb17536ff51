import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DESTINATIONS = fileURLToPath(new URL('../src/destinations/', import.meta.url));
const LOCAL_SERVICES = fileURLToPath(new URL('../src/testing/', import.meta.url));

/** The folders of `src/destinations` that have this file, by the alphabet. */
export function destinationFolders(file = 'manifest.ts'): readonly string[] {
  return foldersWith(DESTINATIONS, file);
}

/** The folders of `src/testing` that serve a service of AWS. */
export function localServiceFolders(): readonly string[] {
  return foldersWith(LOCAL_SERVICES, 'local-service.ts');
}

function foldersWith(parent: string, file: string): readonly string[] {
  return readdirSync(parent)
    .filter((name) => existsSync(`${parent}${name}/${file}`))
    .toSorted();
}

/** The files in which options of a destination may be documented, those of its exporter first. */
export function sourcesOf(name: string): readonly string[] {
  const isMain = (file: string): boolean => file.endsWith('-log-record-exporter-options.ts');
  const files = readdirSync(`${DESTINATIONS}${name}`).filter((file) => file.endsWith('.ts'));
  return [...files.filter(isMain), ...files.filter((file) => !isMain(file)).toSorted()].map(
    (file) => `destinations/${name}/${file}`,
  );
}
