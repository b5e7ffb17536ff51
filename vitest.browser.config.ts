import { defineConfig } from 'vitest/config';

/** The demo's page in a real browser; `npm test` does without. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/browser/support/start-demo.ts'],
    // One demo for all: what a file switches on must not be in the way of another.
    fileParallelism: false,
    maxConcurrency: 6,
    testTimeout: 60_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 25_000, interval: 200 } },
  },
});
