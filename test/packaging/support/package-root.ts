import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, without a slash at the end. */
export const packageRoot: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(
  /[\\/]$/,
  '',
);

type Condition = { readonly types: string; readonly default: string };

export interface PackageManifest {
  readonly name: string;
  readonly typesVersions: Readonly<Record<string, unknown>>;
  readonly exports: Readonly<
    Record<string, string | { readonly require: Condition; readonly default: Condition }>
  >;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly sideEffects: false | readonly string[];
}

export function readManifest(): PackageManifest {
  return JSON.parse(readFileSync(`${packageRoot}/package.json`, 'utf8'));
}
