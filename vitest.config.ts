import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { entryPoints } from './scripts/entry-points.ts';
import { SlowFirstSequencer } from './scripts/slow-first-sequencer.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const inCi = process.env['CI'] === 'true';

const all = ['test/**/*.test.ts'];

/** Work for long in tight loops or in other processes: the thresholds of coverage hold without them. */
const longRuns = [
  'test/bench/sections.test.ts',
  'test/chaos/chaos.test.ts',
  'test/decode/damaged-compression.test.ts',
  'test/decode/decode-stream.test.ts',
  'test/decode/round-trip.property.test.ts',
  'test/delivery/*.test.ts',
  'test/destinations/*/contract.test.ts',
  'test/destinations/*/limits.test.ts',
  'test/destinations/aws/own-body.test.ts',
  'test/destinations/sqs/delivery-laws.test.ts',
  'test/encode/fit-work.test.ts',
  'test/encode/same-bytes.property.test.ts',
  'test/examples/*.test.ts',
  'test/exporter/exporter-laws.test.ts',
  'test/exporter/memory-bound.test.ts',
  'test/exporter/memory-processors.test.ts',
  'test/exporter/summary-delivery.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/security/regular-expressions.test.ts',
  'test/security/secrets-*.test.ts',
  'test/security/zip-bombs.test.ts',
];

/** Folders whose tests change nothing that another file could see: their files share a process. */
const pure = ['test/{docs,encode,pack,packaging,report,route,send}/**/*.test.ts'];

export default defineConfig({
  resolve: {
    alias: Object.entries(entryPoints).map(([name, source]) => ({
      find: new RegExp(name === 'index' ? '^collectorless$' : `^collectorless/${name}$`),
      replacement: fromRoot(source),
    })),
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'each alone', include: all, exclude: [...longRuns, ...pure] },
      },
      {
        extends: true,
        test: { name: 'together', include: pure, exclude: longRuns, isolate: false },
      },
      {
        extends: true,
        test: { name: 'without coverage', include: longRuns, env: { COVERAGE: 'off' } },
      },
    ],
    // Much of the time is spent waiting for servers and children: more workers than cores are not too many.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
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
      provider: 'custom',
      customProviderModule: './scripts/coverage-provider.ts',
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
