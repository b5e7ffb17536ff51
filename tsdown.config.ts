import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    firehose: 'src/destinations/firehose/index.ts',
    'cloudwatch-logs': 'src/destinations/cloudwatch-logs/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20.19',
  unbundle: true,
  dts: true,
  sourcemap: false,
  deps: { onlyBundle: [] },
});
