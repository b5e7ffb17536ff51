import { existsSync } from 'node:fs';
import { defineConfig } from 'tsdown';
import { entryPoints, parts, programs } from './scripts/entry-points.ts';

export default defineConfig({
  entry: Object.fromEntries(
    Object.entries({ ...entryPoints, ...programs, ...parts }).filter(([, source]) =>
      existsSync(source),
    ),
  ),
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20.19',
  unbundle: true,
  dts: true,
  sourcemap: false,
  // CommonJS is meant: many applications that log are not ESM yet.
  // On a busy machine its timings say nothing.
  checks: { legacyCjs: false, pluginTimings: false },
  // A package that is neither a dependency nor a peer would be swallowed: make that an error.
  deps: { onlyBundle: [] },
});
