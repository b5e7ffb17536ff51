import { linkSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { journalLine } from '../../src/spool/journal.ts';
import type { SpoolClock } from '../../src/spool/spool-clock.ts';
import { deadSpool, foldersIn } from './support/dead-spool.ts';
import {
  entriesOf,
  kept,
  loadedNext,
  loadedTexts,
  SpoolSite,
  stored,
  storedTargets,
  target,
  targetNamed,
} from './support/spool-site.ts';

it('the files of a dead owner are taken over, told and sent from where they are', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a', 'b');
  const { spool, told } = await site.open();
  expect(told.adoptedFiles).toMatchObject([
    { target, recordCount: 1, isAdopted: true },
    { target, recordCount: 1, isAdopted: true },
  ]);
  expect(spool).toMatchObject({ recordCount: 2, fileCount: 2 });
  expect(await loadedTexts(spool)).toEqual([['a'], ['b']]);
});

it('files of the same millisecond are taken over in the order in which they were stored', async () => {
  const site = new SpoolSite();
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
  await deadSpool(site, ...texts);
  const { runtime } = site;
  runtime.clockStepMillis = 0.37;
  // As the system's: the date has whole milliseconds, the other clock has parts of them.
  const clock: SpoolClock = {
    monotonicMillis: () => runtime.monotonicMillis(),
    wallMillis: () => Math.floor(runtime.wallMillis()),
    startTimer: (task, delayMillis) => runtime.startTimer(task, delayMillis),
  };
  const { spool } = await site.open({ clock });
  expect(await loadedTexts(spool)).toEqual(texts.map((text) => [text]));
});

it('the folder of a dead owner goes with its last file', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a', 'b');
  const { spool } = await site.open();
  for (const left of [2, 1]) {
    const { file } = await loadedNext(spool);
    spool.decide(file, [0]);
    await spool.settle();
    expect(foldersIn(site)).toHaveLength(left);
  }
});

it('an owner that dies later is found by a sweep', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  await kept(first.spool, entriesOf('a'));
  const { spool, told } = await site.open();
  expect(told.adoptedFiles).toEqual([]);
  await first.disk.die();
  await site.runtime.advance(10_000);
  await expect.poll(() => told.adoptedFiles.length).toBe(1);
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

it('a living owner in the same process keeps its files', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  await kept(first.spool, entriesOf('a'));
  const second = await site.open();
  await second.spool.sweep();
  expect(second.spool.fileCount).toBe(0);
  expect(await loadedTexts(first.spool)).toEqual([['a']]);
});

it('of many that want a dead one’s files at the same time one gets them', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a', 'b', 'c');
  const all = await Promise.all(Array.from({ length: 6 }, () => site.open()));
  expect(all.map(({ spool }) => spool.fileCount).sort()).toEqual([0, 0, 0, 0, 0, 3]);
});

it('groups do not take over each other’s files', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a');
  const { spool } = await site.open({ group: 'other' });
  expect(spool.fileCount).toBe(0);
});

it('what was decided before the death is not sent again', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  const file = await stored(first.spool, [
    { bytes: Buffer.from('a'), recordCount: 10, timeMillis: 1, lastTimeMillis: 2 },
    ...entriesOf('b', 'c', 'd'),
  ]);
  first.spool.decide(file, [0]);
  first.spool.decide(file, [2]);
  await first.spool.settle();
  await first.disk.die();
  const second = await site.open();
  expect(second.told.adoptedFiles).toMatchObject([{ recordCount: 2 }]);
  expect(second.spool.recordCount).toBe(2);
  const { file: adopted, texts } = await loadedNext(second.spool);
  expect(texts).toEqual(['b', 'd']);
  second.spool.decide(adopted, [1]);
  await second.spool.settle();
  await second.disk.die();
  const third = await site.open();
  expect(await loadedTexts(third.spool)).toEqual([['d']]);
});

it('a file of which all is decided by its journal is deleted without being sent', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a');
  const [path = ''] = site.spoolPaths();
  const journal = site.pathOf(path.replace('.spool', '.done'));
  writeFileSync(journal, journalLine(basename(path), [0], 1));
  const { spool } = await site.open();
  expect(spool).toMatchObject({ fileCount: 1, recordCount: 0 });
  expect(await loadedNext(spool)).toMatchObject({ texts: [] });
  expect(spool.fileCount).toBe(0);
  await spool.settle();
  expect(site.spoolPaths()).toEqual([]);
});

it('journals without a file and half-written files are cleared away', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  const file = await stored(first.spool, entriesOf('a', 'b'));
  first.spool.decide(file, [0]);
  await first.spool.settle();
  unlinkSync(site.pathOf(site.spoolPaths()[0]));
  first.disk.disturb = (call) => (call === 'datasync' ? 'hang' : undefined);
  void first.spool.store(target, entriesOf('c'));
  await expect.poll(() => first.disk.count('datasync')).toBe(2);
  await first.disk.die();
  expect(site.paths().filter((path) => /\.(?:tmp|done)$/u.test(path))).toHaveLength(2);
  const second = await site.open();
  expect(site.paths().filter((path) => /\.(?:tmp|done)$/u.test(path))).toEqual([]);
  expect(second.told.asides).toEqual([]);
  expect(second.spool.fileCount).toBe(0);
});

it('one file of each target is read to take over any number of them', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  for (let count = 0; count < 40; count += 1) {
    await stored(first.spool, entriesOf(`${count}`), targetNamed(`t${count % 2}`));
  }
  await first.disk.die();
  const { disk, spool } = await site.open();
  expect(spool.fileCount).toBe(40);
  expect(disk.count('open', '.spool')).toBe(2);
  expect(
    storedTargets(spool)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['t0', 't1']);
});

it('owners of the same target cost one reading for all of them', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a');
  const keeper = await site.open();
  await stored(keeper.spool, entriesOf('b'));
  await keeper.disk.die();
  const { disk, spool } = await site.open();
  expect(spool.fileCount).toBe(2);
  expect(disk.count('open', '.spool')).toBe(1);
});

it('the application gets its turn while thousands of files are taken over', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a');
  const path = site.pathOf(site.spoolPaths()[0]);
  for (let count = 2; count <= 4001; count += 1) {
    linkSync(path, path.replace(/-0{9}1-/u, `-${String(count).padStart(10, '0')}-`));
  }
  const { spool } = site.create();
  let turns = 0;
  const opening = spool.open();
  let isOpen = false;
  void opening.then(() => {
    isOpen = true;
  });
  while (!isOpen) {
    await setImmediate();
    turns += 1;
  }
  expect(spool.fileCount).toBe(4001);
  expect(turns).toBeGreaterThan(16);
});

it('files that another process may have room for are left to it for a minute', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a'.repeat(1000));
  await deadSpool(site, 'b'.repeat(1000));
  const { spool, told } = await site.open({ maxBytes: 2000 });
  expect(spool.fileCount).toBe(1);
  await site.runtime.advance(59_000);
  await spool.sweep();
  expect(spool.fileCount).toBe(1);
  expect(told.losses).toEqual([]);
  await site.runtime.advance(1000);
  await spool.sweep();
  expect(told.adoptedFiles).toHaveLength(2);
  expect(told.losses).toMatchObject([{ reason: 'spool_full', recordCount: 1 }]);
});

it('files that did not fit are taken over as soon as there is room', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a'.repeat(1000));
  await deadSpool(site, 'b'.repeat(1000));
  const { spool, told } = await site.open({ maxBytes: 2000 });
  const { file } = await loadedNext(spool);
  spool.decide(file, [0]);
  await spool.sweep();
  expect(told.adoptedFiles).toHaveLength(2);
  expect(told.losses).toEqual([]);
});
