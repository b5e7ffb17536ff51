import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const path = (relative: string): string => fileURLToPath(new URL(relative, root));

/** Where `scripts/prepare-emulators.mjs` has put what is not ours. */
export const environment: Readonly<Record<'python' | 'fauxqs' | 'scratch', string>> = {
  python: path('.tmp/emulators/python/bin/python'),
  fauxqs: path('.tmp/emulators/npm/node_modules/fauxqs/dist/app.js'),
  /** For what a server writes beside its answers. */
  scratch: path('.tmp/emulators/scratch/'),
};

export function pythonScript(name: string): string {
  return path(`test/emulators/python/${name}.py`);
}
