import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^collectorless\/(firehose|cloudwatch-logs|sqs|http|zeromq)$/,
        replacement: fromRoot('./src/destinations/$1/index.ts'),
      },
      {
        find: /^collectorless\/(testing|decode)$/,
        replacement: fromRoot('./src/$1/index.ts'),
      },
      { find: /^collectorless$/, replacement: fromRoot('./src/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/cli/**'],
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
