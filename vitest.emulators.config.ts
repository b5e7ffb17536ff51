import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The exporters against emulators and receivers of others; `npm test` does without. */
export default defineConfig({
  resolve: {
    alias: [
      ...base.resolve.alias,
      {
        find: /^collectorless\/decode$/,
        replacement: new URL('./src/decode/index.ts', import.meta.url).pathname,
      },
    ],
  },
  test: {
    include: ['test/emulators/**/*.emulator.ts'],
    globalSetup: ['test/emulators/support/start-emulators.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
