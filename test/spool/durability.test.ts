import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { entriesOf, SpoolSite, stored, target } from './support/spool-site.ts';

it('a file is synced, renamed and its folder synced before it is acknowledged', async () => {
  const { disk, spool } = await new SpoolSite().open();
  disk.calls.length = 0;
  await stored(spool, entriesOf('a'));
  const done = disk.calls.map(({ call, path }) => {
    const kind = /\.(?:tmp|spool)$/u.exec(path)?.[0] ?? 'folder';
    return `${call} ${kind}`;
  });
  expect(done).toEqual([
    'open .tmp',
    'write .tmp',
    'datasync .tmp',
    'close .tmp',
    'rename .spool',
    'open folder',
    'sync folder',
    'close folder',
  ]);
});

it('folders that were made are synced into the ones above them', async () => {
  const site = new SpoolSite();
  const { disk, spool } = site.create({ directory: site.pathOf('new/deep') });
  await spool.open();
  const synced = disk.calls.filter(({ call }) => call === 'sync').map(({ path }) => path);
  expect(synced).toEqual([
    site.pathOf('new/deep'),
    site.pathOf('new'),
    site.directory,
    site.pathOf('new/deep/group'),
  ]);
});

it('however many entries, a file is written by one call', async () => {
  const { disk, spool } = await new SpoolSite().open();
  await stored(spool, entriesOf(...Array.from({ length: 500 }, () => 'x'.repeat(1024))));
  expect(disk.count('write')).toBe(1);
});

it('stores at the same time share the sync of their folder', async () => {
  const { disk, spool } = await new SpoolSite().open();
  disk.disturb = (call, path) => (call === 'sync' && !path.endsWith('.tmp') ? 'hang' : undefined);
  disk.calls.length = 0;
  const storing = Array.from({ length: 20 }, (_, index) => stored(spool, entriesOf(`${index}`)));
  await expect.poll(() => disk.count('rename')).toBe(20);
  disk.disturb = () => undefined;
  disk.goOn();
  await Promise.all(storing);
  // The first one may have begun before the others were renamed.
  expect(disk.count('sync')).toBe(2);
});

it('no more than two files are written at a time, so that threads are left for the application', async () => {
  const { disk, spool } = await new SpoolSite().open();
  disk.disturb = (call) => (call === 'datasync' ? 'hang' : undefined);
  const storing = Array.from({ length: 6 }, (_, index) => stored(spool, entriesOf(`${index}`)));
  await expect.poll(() => disk.count('datasync')).toBe(2);
  expect(disk.count('open', '.tmp')).toBe(2);
  disk.disturb = () => undefined;
  disk.goOn();
  await Promise.all(storing);
});

it('a whole file that is decided costs one unlink', async () => {
  const { disk, spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a', 'b', 'c'));
  disk.calls.length = 0;
  spool.decide(file, [0, 1, 2]);
  await spool.settle();
  expect(disk.calls.map(({ call }) => call)).toEqual(['unlink']);
});

it('a file is deleted before its journal: a crash in between sends nothing again', async () => {
  const { disk, spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a', 'b'));
  spool.decide(file, [0]);
  await spool.settle();
  spool.decide(file, [1]);
  await spool.settle();
  const deleted = disk.calls.filter(({ call }) => call === 'unlink').map(({ path }) => path);
  expect(deleted).toEqual([expect.stringMatching(/spool$/u), expect.stringMatching(/done$/u)]);
});

it('names tell counts and times, and nothing of the target', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const secret = 'tkn-5eCr3t';
  const file = await stored(spool, entriesOf('a', 'b'), {
    key: secret,
    names: { url: `https://${secret}` },
    resourceAttributes: { [secret]: secret },
  });
  const path = site.pathOf(site.spoolPaths()[0]);
  expect(path).not.toContain(secret);
  expect(basename(path).split('-').slice(2, 6)).toEqual(['2', `${file.byteSize}`, '1000', '1001']);
  expect(basename(dirname(path))).toMatch(/^[0-9a-f]{24}$/u);
});

it('order and age hold when the date is set back', async () => {
  const site = new SpoolSite();
  const { disk, spool } = await site.open();
  await stored(spool, entriesOf('a'));
  site.runtime.wallStartMillis -= 1_000_000;
  await stored(spool, entriesOf('b'));
  site.runtime.wallStartMillis -= 1_000_000;
  await spool.store(target, entriesOf('c'));
  await disk.die();
  const next = await site.open();
  const texts: string[] = [];
  for (let file = next.spool.nextStored(); file; file = next.spool.nextStored()) {
    const entries = await next.spool.load(file);
    if (!(entries instanceof Error)) texts.push(...entries.map(({ bytes }) => `${bytes}`));
  }
  expect(texts).toEqual(['a', 'b', 'c']);
});
