import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { entryPoints } from './scripts/entry-points.ts';
import { SlowFirstSequencer } from './scripts/slow-first-sequencer.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const inCi = process.env['CI'] === 'true';

export default defineConfig({
  resolve: {
    alias: Object.entries(entryPoints).map(([name, source]) => ({
      find: new RegExp(name === 'index' ? '^collectorless$' : `^collectorless/${name}$`),
      replacement: fromRoot(source),
    })),
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Much of the time is spent waiting for servers: a worker for each core is not too many.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirstSequencer },
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // What is polled for comes over sockets and threads; a busy machine is no failure.
    expect: { poll: { timeout: 15_000 } },
    reporters: inCi
      ? ['default', ['json', { outputFile: 'coverage/test-results.json' }]]
      : ['default'],
    coverage: {
      // One run serves both in CI; at the desk `npm run coverage` asks for it.
      enabled: inCi,
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/cli/**', 'src/destinations/*/cli/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        lines: 95,
        statements: 95,
        functions: 95,
        'src/{pack,send,report}/**': { lines: 100, statements: 100, functions: 100, branches: 100 },
      },
    },
  },
});
