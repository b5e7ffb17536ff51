import { expect, it } from 'vitest';
import { DiskHealth } from '../../src/spool/disk-health.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { ToldEvents } from './support/spool-site.ts';

it('a disk that fails is tried by one store a second, also when several come at once', async () => {
  const runtime = new FakeRuntime();
  const health = new DiskHealth(new ToldEvents(), runtime);
  health.failed('store', new Error('ENOSPC'));
  expect(health.mayStore(0)).toBe(false);
  await runtime.advance(1000);
  expect([health.mayStore(0), health.mayStore(0)]).toEqual([true, false]);
});
