import type { KnipConfig } from 'knip';
import { entryPoints, programs } from './scripts/entry-points.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(entryPoints),
    ...Object.values(programs),
    'scripts/*.mjs',
    'examples/**/*.ts',
    'bench/*.ts',
  ],
  project: ['{src,test,examples,bench,scripts}/**/*.{ts,mjs,cjs}'],
  // A type that another exported type of its file names must be exported to be nameable by users.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
