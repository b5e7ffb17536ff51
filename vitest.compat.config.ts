import { defineConfig } from 'vitest/config';

/** The packed package as others install it: other Nodes, lines, package managers, TypeScripts. */
export default defineConfig({
  test: {
    include: ['test/compat/**/*.compat.ts'],
    globalSetup: ['test/compat/support/prepare-folders.ts'],
    // A cell is a process of its own, and half of them mostly wait: four at a time fill two cores, and one
    // worker is enough to wait for them.
    fileParallelism: false,
    sequence: { concurrent: true },
    maxConcurrency: 4,
    // Above what `run` gives a process, so that its output is shown.
    testTimeout: 270_000,
    reporters: ['verbose'],
  },
});
