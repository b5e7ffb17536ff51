import { describe, expect, it } from 'vitest';
import { lines } from './cells/folders.ts';
import { runApp } from './support/run-app.ts';

const formats = [
  { format: 'ESM', app: 'deliver.mjs' },
  { format: 'CommonJS', app: 'deliver.cjs' },
];

describe.each(lines)('$name', ({ name, logsApi, nodeVersions }) => {
  describe.each(nodeVersions)('on Node %s', (nodeVersion) => {
    it.each(formats)('delivers through every exporter from $format', async ({ app }) => {
      const output = await runApp(nodeVersion, name, [app, logsApi]);
      expect(output).toEqual({ stdout: '7 exporters delivered\n', stderr: '' });
    });
  });
});
