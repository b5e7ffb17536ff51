import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  entriesOf,
  kept,
  loaded,
  loadedTexts,
  SpoolSite,
  stored,
  target,
  targetNamed,
} from './support/spool-site.ts';

const BATCH = 'x'.repeat(1000);
/** Room for three batches. */
const maxBytes = 3600;

it('past maxBytes the oldest files of all targets are dropped, and told with what was in them', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open({ maxBytes });
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    await kept(spool, entriesOf(key + BATCH), targetNamed(key));
  }
  expect(told.losses).toMatchObject(
    ['a', 'b'].map((targetKey) => ({
      reason: 'spool_full',
      targetKey,
      recordCount: 1,
      firstTimeMillis: 1000,
      lastTimeMillis: 1000,
      file: { target: { key: targetKey } },
    })),
  );
  expect(spool).toMatchObject({ fileCount: 3, recordCount: 3 });
  expect(site.spoolPaths()).toHaveLength(3);
  expect((await loadedTexts(spool)).map(([text]) => text?.[0])).toEqual(['c', 'd', 'e']);
});

it('the disk never holds more than maxBytes, not even while a file is written', async () => {
  const site = new SpoolSite();
  const { disk, spool } = await site.open({ maxBytes });
  let mostFiles = 0;
  disk.disturb = (call) => {
    if (call === 'datasync') {
      const files = site.paths().filter((path) => /\.(?:spool|tmp)$/u.test(path));
      mostFiles = Math.max(mostFiles, files.length);
    }
    return undefined;
  };
  const storing = Array.from({ length: 3 }, () => kept(spool, entriesOf(BATCH)));
  await Promise.all(storing);
  for (let count = 0; count < 5; count += 1) await kept(spool, entriesOf(BATCH));
  expect(mostFiles).toBe(3);
});

it('nothing is written before what had to go for it is gone', async () => {
  const { disk, spool } = await new SpoolSite().open({ maxBytes });
  for (const text of ['a', 'b', 'c']) await kept(spool, entriesOf(text + BATCH));
  disk.disturb = (call) => (call === 'unlink' ? 'hang' : undefined);
  const storing = kept(spool, entriesOf(`d${BATCH}`));
  await expect.poll(() => disk.count('unlink')).toBe(1);
  await setImmediate();
  expect(disk.count('open', '.tmp')).toBe(3);
  disk.goOn();
  await storing;
});

it('files that are loaded are never dropped', async () => {
  const { spool, told } = await new SpoolSite().open({ maxBytes });
  const first = await stored(spool, entriesOf(`a${BATCH}`));
  const second = await kept(spool, entriesOf(`b${BATCH}`));
  await loaded(spool, second);
  await kept(spool, entriesOf(`c${BATCH}`));
  await kept(spool, entriesOf(`d${BATCH}`));
  expect(told.losses).toHaveLength(1);
  expect(spool.fileCount).toBe(3);
  expect(await loaded(spool, first)).toHaveLength(1);
});

it('a batch that cannot fit is refused, and nothing is dropped for it', async () => {
  const { spool, told } = await new SpoolSite().open({ maxBytes });
  await kept(spool, entriesOf(BATCH));
  expect(await spool.store(target, entriesOf(BATCH.repeat(4)))).toMatchObject({
    code: 'ERR_SPOOL_FULL',
  });
  expect(told.losses).toEqual([]);
  expect(told.health).toEqual([]);
});

it('a batch that has no room beside what is loaded is refused, and nothing is dropped for it', async () => {
  const { spool, told } = await new SpoolSite().open({ maxBytes });
  await stored(spool, entriesOf(BATCH));
  await stored(spool, entriesOf(BATCH));
  await kept(spool, entriesOf(BATCH));
  expect(await spool.store(target, entriesOf(BATCH + BATCH))).toMatchObject({
    code: 'ERR_SPOOL_FULL',
  });
  expect(told.losses).toEqual([]);
});

it.for([
  ['loaded again', 0],
  ['loaded again after older files were dropped', 2],
] as const)(
  'a batch that has no room beside what is %s is refused, and nothing is dropped for it',
  async ([, dropped]) => {
    const { spool, told } = await new SpoolSite().open({ maxBytes });
    for (let count = 0; count < dropped; count += 1) await kept(spool, entriesOf(BATCH));
    const files = [
      await kept(spool, entriesOf(BATCH)),
      await kept(spool, entriesOf(BATCH)),
      await kept(spool, entriesOf(BATCH)),
    ];
    for (const file of files.slice(1)) await loaded(spool, file);
    expect(await spool.store(target, entriesOf(BATCH + BATCH))).toMatchObject({
      code: 'ERR_SPOOL_FULL',
    });
    expect(told.losses).toHaveLength(dropped);
  },
);

it('only records that are not yet decided are lost with a file', async () => {
  const { spool, told } = await new SpoolSite().open({ maxBytes });
  const file = await stored(spool, entriesOf(BATCH, BATCH, 'c'));
  spool.decide(file, [1]);
  spool.unload(file);
  await kept(spool, entriesOf(BATCH + BATCH));
  expect(told.losses).toMatchObject([
    { reason: 'spool_full', recordCount: 2, lastTimeMillis: 1002 },
  ]);
});

it('files of dead owners are dropped down to maxBytes too', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  for (const text of ['a', 'b', 'c', 'd', 'e']) await kept(first.spool, entriesOf(text + BATCH));
  await first.disk.die();
  const { spool, told } = await site.open({ maxBytes });
  await site.runtime.advance(60_000);
  await spool.sweep();
  expect(told.losses.map(({ reason, file }) => [reason, file?.isAdopted])).toEqual([
    ['spool_full', true],
    ['spool_full', true],
  ]);
  expect((await loadedTexts(spool)).map(([text]) => text?.[0])).toEqual(['c', 'd', 'e']);
});

it('files that reach maxAgeMillis are dropped by the next sweep', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open({ maxAgeMillis: 60_000 });
  await kept(spool, entriesOf('a'));
  await site.runtime.advance(30_000);
  await kept(spool, entriesOf('b'), targetNamed('b'));
  await site.runtime.advance(29_999);
  await spool.sweep();
  expect(told.losses).toEqual([]);
  await site.runtime.advance(1);
  await spool.sweep();
  expect(told.losses).toMatchObject([
    { reason: 'spool_expired', recordCount: 1, targetKey: 'logs' },
  ]);
  expect(site.spoolPaths()).toHaveLength(1);
});

it('a file that is loaded does not expire before it is given back', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open({ maxAgeMillis: 60_000 });
  const file = await stored(spool, entriesOf('a'));
  await site.runtime.advance(100_000);
  await spool.sweep();
  expect(told.losses).toEqual([]);
  spool.unload(file);
  await spool.sweep();
  expect(told.losses).toHaveLength(1);
});

const YEAR_MILLIS = 365 * 86_400_000;

it.for([YEAR_MILLIS, -YEAR_MILLIS])(
  'a jump of the date by %i ms makes own files neither older nor younger',
  async (jumpMillis) => {
    const site = new SpoolSite();
    const { spool, told } = await site.open({ maxAgeMillis: 60_000 });
    await kept(spool, entriesOf('a'));
    site.runtime.wallStartMillis += jumpMillis;
    await kept(spool, entriesOf('b'));
    await spool.sweep();
    expect(told.losses).toEqual([]);
    await site.runtime.advance(60_000);
    await spool.sweep();
    expect(told.losses).toHaveLength(2);
  },
);

it.for([
  ['2 minutes before', 120_000, 1],
  ['half a minute before', 30_000, 0],
  ['in the future, by a date that was set back since,', -YEAR_MILLIS, 0],
  ['before the computer knew the date', Date.UTC(2025, 0, 1), 0],
] as const)(
  'of a dead owner a file made %s has the age of its name',
  async ([, agoMillis, lost]) => {
    const site = new SpoolSite();
    site.runtime.wallStartMillis -= agoMillis;
    const first = await site.open();
    await kept(first.spool, entriesOf('a'));
    await first.disk.die();
    site.runtime.wallStartMillis += agoMillis;
    const { told } = await site.open({ maxAgeMillis: 60_000 });
    expect(told.adoptedFiles).toHaveLength(1);
    expect(told.losses).toHaveLength(lost);
  },
);

it('a jump of the date after files were taken over does not age them', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  await kept(first.spool, entriesOf('a'));
  await first.disk.die();
  const { spool, told } = await site.open({ maxAgeMillis: 60_000 });
  site.runtime.wallStartMillis += YEAR_MILLIS;
  await spool.sweep();
  expect(told.losses).toEqual([]);
  await site.runtime.advance(60_000);
  await spool.sweep();
  expect(told.losses).toHaveLength(1);
});
