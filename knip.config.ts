import type { KnipConfig } from 'knip';
import { entryPoints, parts, programs } from './scripts/entry-points.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(entryPoints),
    ...Object.values(programs),
    ...Object.values(parts),
    'scripts/*.mjs',
    'scripts/coverage-provider.ts',
    'examples/**/*.{ts,cjs,mjs}',
    'bench/*.ts',
    'bench/losses/apps/*.mjs',
  ],
  project: ['{src,test,examples,bench,scripts}/**/*.{ts,mjs,cjs}'],
  // What knip makes of `provider: 'custom'`.
  ignoreDependencies: ['@vitest/coverage-custom'],
  // Of the system; the long run of chaos goes on without them.
  ignoreBinaries: ['prlimit', 'mount', 'umount'],
  // A type that another exported type of its file names must be exported to be nameable by users.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
