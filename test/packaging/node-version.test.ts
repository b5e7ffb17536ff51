import { expect, it } from 'vitest';
import { packageRoot, readManifest } from './support/package-root.ts';

it('runs the tests on the Node of node_modules, whatever the machine has', () => {
  expect(process.version).toBe(`v${readManifest().devDependencies['node']}`);
  expect(process.execPath.startsWith(packageRoot)).toBe(true);
});
