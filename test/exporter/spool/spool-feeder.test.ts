import { appendFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { MemoryBudget } from '../../../src/exporter/memory-budget.ts';
import { SpoolDrains } from '../../../src/exporter/spool-drains.ts';
import { type LoadedEntries, SpoolFeeder } from '../../../src/exporter/spool-feeder.ts';
import { fromSpoolTarget } from '../../../src/exporter/stored-target.ts';
import { TargetLanes } from '../../../src/exporter/target-lanes.ts';
import type { TrackedEntry } from '../../../src/exporter/tracked-entry.ts';
import type { Target } from '../../../src/route/target.ts';
import { RequestScheduler } from '../../../src/send/request-scheduler.ts';
import { journalName } from '../../../src/spool/file-name.ts';
import { journalLine } from '../../../src/spool/journal.ts';
import type { Spool } from '../../../src/spool/spool.ts';
import { entriesOf, kept, SpoolSite } from '../../spool/support/spool-site.ts';
import { openSpoolBench, SwitchableService, spoolFiles } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

interface Feeding {
  readonly drains: SpoolDrains;
  readonly bugs: unknown[];
  readonly admitted: number[];
  readonly feed: () => void;
}

function createFeeder(site: SpoolSite, spool: Spool, load: Spool['load']): Feeding {
  const nothing = (): void => {};
  const scheduler = new RequestScheduler<TrackedEntry, Target>({
    send: async () => ({ status: 'delivered' }),
    observer: {
      attempted: nothing,
      retrying: nothing,
      delivered: nothing,
      dropped: nothing,
      finished: nothing,
      troubled: nothing,
      recovered: nothing,
    },
    concurrencyLimit: 1,
    timeoutMillis: 1000,
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 1, backoffMultiplier: 1 },
    ordered: false,
    clock: site.runtime,
    random: () => 0,
    onBug: nothing,
  });
  const limits = { maxEntries: 10, maxRequestBytes: 1000, maxEntryBytes: 1000 };
  const lanes = new TargetLanes({
    names: {},
    limits,
    maxTargets: 2,
    scheduler,
    onForget: nothing,
  });
  const bugs: unknown[] = [];
  const admitted: number[] = [];
  const drains = new SpoolDrains(spool, ({ key }) => key);
  const feeder = new SpoolFeeder({
    spool: {
      load,
      nextStored: (filter) => spool.nextStored(filter),
      unload: (file) => spool.unload(file),
    },
    ordered: () => false,
    clock: { startTimer: () => () => {} },
    keyOf: ({ key }) => key,
    hasJustFailed: () => false,
    onBug: (error) => bugs.push(error),
    delimit: (entries) => entries,
    laneOf: (stored) => lanes.restore(fromSpoolTarget(stored), 0),
    memory: new MemoryBudget(1000, nothing),
    maxLoadedBytes: 1000,
    admit: (_lane, _file, entries) => admitted.push(entries.length),
    drains,
  });
  return { drains, bugs, admitted, feed: () => feeder.feed() };
}

const drain = { sinceMillis: 0, untilMillis: Number.POSITIVE_INFINITY };

it.each<[string, (entries: LoadedEntries) => LoadedEntries]>([
  [
    'rejects',
    () => {
      throw new TypeError('a bug');
    },
  ],
  ['has nothing left to send', () => []],
])('no flush waits for a file whose load %s', async (_, change) => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  await kept(spool, entriesOf('a'));
  const { admitted, bugs, drains, feed } = createFeeder(site, spool, async (file) => {
    const entries = await spool.load(file);
    return entries instanceof Error ? entries : change(entries);
  });
  feed();
  await drains.add(drain);
  expect(admitted).toEqual([]);
  expect(bugs.length).toBeLessThanOrEqual(1);
});

it('a bug while a file is loaded is told', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  await kept(spool, entriesOf('a'));
  const bug = new TypeError('a bug');
  const { bugs, drains, feed } = createFeeder(site, spool, async (file) => {
    await spool.load(file);
    throw bug;
  });
  feed();
  await drains.add(drain);
  expect(bugs).toEqual([bug]);
});

it('a file of which a dead process had decided every entry is deleted, and no flush waits for it', async () => {
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  const first = openSpoolBench({ service, directory });
  await first.export(['a', 'b']);
  await first.exporter.shutdown();
  const [path = ''] = spoolFiles(directory);
  appendFileSync(join(directory, journalName(path)), journalLine(basename(path), [0, 1], 2));
  service.isDown = false;
  const second = openSpoolBench({ service, directory, flushTimeoutMillis: 600_000 });
  await expect.poll(() => spoolFiles(directory)).toEqual([]);
  await second.exporter.forceFlush();
  expect(service.stored).toEqual([]);
  expect(second.exporter.stats()).toMatchObject({ spooled: 0, spooledBytes: 0 });
});
