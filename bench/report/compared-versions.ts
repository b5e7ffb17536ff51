import { readFileSync } from 'node:fs';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Of the root what is compared with or measured through. */
const ROOT_PACKAGES = /^(@aws-sdk\/|@opentelemetry\/(sdk-logs|otlp-transformer)$|pino$|zeromq$)/;

/** What took part, as `name version`, each name once. */
export function comparedVersions(): readonly string[] {
  const root = readManifest('../../package.json').devDependencies ?? {};
  const peers = readManifest('../peers/package.json').dependencies ?? {};
  const ofRoot = Object.entries(root).filter(([name]) => ROOT_PACKAGES.test(name));
  const versions = new Map([...ofRoot, ...Object.entries(peers)]);
  return [...versions].map(([name, version]) => `${name} ${version}`).sort();
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}
