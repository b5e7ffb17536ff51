import { expect, it } from 'vitest';
import { TargetLanes } from '../../src/exporter/target-lanes.ts';
import type { TrackedEntry } from '../../src/exporter/tracked-entry.ts';
import type { Target } from '../../src/route/target.ts';
import { compileTargetName } from '../../src/route/target-name.ts';
import { RequestScheduler } from '../../src/send/request-scheduler.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';

const ignore = (): void => {};

it('a target that is forgotten is no peer any more of those that had one order with it', () => {
  const scheduler = new RequestScheduler<TrackedEntry, Target>({
    send: async () => ({ status: 'delivered' }),
    observer: {
      attempted: ignore,
      retrying: ignore,
      delivered: ignore,
      dropped: ignore,
      finished: ignore,
      troubled: ignore,
      recovered: ignore,
    },
    concurrencyLimit: 1,
    timeoutMillis: 1000,
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 1, backoffMultiplier: 1 },
    ordered: true,
    clock: new FakeRuntime(),
    random: () => 0,
    onBug: ignore,
  });
  const rule = { option: 'name', forbidden: /$^/gu, forbiddenInValue: /$^/gu, maxLength: 9 };
  const lanes = new TargetLanes({
    names: { name: compileTargetName('{attributes.name}', rule) },
    limits: { maxEntries: 10, maxRequestBytes: 1000, maxEntryBytes: 1000 },
    maxTargets: 2,
    scheduler,
    onForget: ignore,
    orderKeyOf: () => 'together',
  });
  const find = (name: string) => lanes.find(createLogRecord({ attributes: { name } }), 0).lane;
  const a = find('a');
  const b = find('b');
  expect(b.peers).toEqual([a, b]);
  // It takes the place of the one that was not used for the longest time.
  const c = find('c');
  expect(c.peers).toEqual([b, c]);
  expect(a.peers).toEqual([]);
});
