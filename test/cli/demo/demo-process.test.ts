import { expect, it } from 'vitest';
import { startProcess } from '../tail/support/start-process.ts';

it('demo is one command that ends by itself with 0', async () => {
  const demo = startProcess('demo');
  demo.child.stdin.end();
  expect(await demo.ended).toEqual([0, null]);
  expect(demo.stdout).toMatch(/\nEvery record arrived once at each destination, .*\n$/);
  expect(demo.stderr).toBe('');
});
