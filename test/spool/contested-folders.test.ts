import { mkdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTryLock } from '../../src/spool/load-try-lock.ts';
import { deadSpool, foldersIn } from './support/dead-spool.ts';
import { entriesOf, kept, loadedTexts, type OpenSpool, SpoolSite } from './support/spool-site.ts';

it('a folder without a lock file is left alone for a minute: its owner may be about to make it', async () => {
  const site = new SpoolSite();
  mkdirSync(join(site.group, 'a'.repeat(24)), { recursive: true });
  const { spool } = await site.open();
  await site.runtime.advance(59_000);
  await spool.sweep();
  expect(foldersIn(site)).toContain('a'.repeat(24));
  await site.runtime.advance(1000);
  await spool.sweep();
  expect(foldersIn(site)).toHaveLength(1);
});

it('a folder without a lock file that is gone and comes again is left alone for a minute again', async () => {
  const site = new SpoolSite();
  const folder = join(site.group, 'a'.repeat(24));
  mkdirSync(folder, { recursive: true });
  const { spool } = await site.open();
  rmSync(folder, { recursive: true });
  await spool.sweep();
  await site.runtime.advance(60_000);
  mkdirSync(folder);
  await spool.sweep();
  expect(foldersIn(site)).toHaveLength(2);
});

it('files in a folder without a lock file are taken over after a minute', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a');
  unlinkSync(join(site.group, String(foldersIn(site)[0]), 'lock'));
  const { spool } = await site.open();
  expect(spool.fileCount).toBe(0);
  await site.runtime.advance(60_000);
  await spool.sweep();
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

it.for<[string, (site: SpoolSite, { disk }: OpenSpool) => void]>([
  [
    'whose new folder is deleted before it has its lock',
    (site, { disk }) => {
      disk.disturb = (call, path) => {
        if (call !== 'open' || !path.endsWith('lock')) return undefined;
        disk.disturb = () => undefined;
        rmSync(site.group, { recursive: true });
        return undefined;
      };
    },
  ],
  [
    'whose new lock file is replaced before it has the lock',
    (_, { disk }) => {
      disk.disturb = (call, path) => {
        if (call !== 'lstat' || !path.endsWith('lock')) return undefined;
        disk.disturb = () => undefined;
        unlinkSync(path);
        return undefined;
      };
    },
  ],
])('an owner %s makes another one', async ([, disturb]) => {
  const site = new SpoolSite();
  const opened = site.create();
  disturb(site, opened);
  await opened.spool.open();
  await kept(opened.spool, entriesOf('a'));
  expect(opened.told.health).toEqual([]);
  expect(await loadedTexts(opened.spool)).toEqual([['a']]);
});

it('a dead owner whose folder is removed while its lock is taken is passed over', async () => {
  const site = new SpoolSite();
  await deadSpool(site, 'a');
  const [folder = ''] = foldersIn(site);
  const opened = await site.open({
    lock: async () => {
      const tryLock = await loadTryLock();
      let locks = 0;
      return (fd) => {
        locks += 1;
        // The first one is of our own folder.
        if (locks === 2) rmSync(join(site.group, folder), { recursive: true });
        return tryLock(fd);
      };
    },
  });
  expect(opened.told).toMatchObject({ adoptedFiles: [], losses: [], health: [] });
});

it('an owner whose lock is taken by another before it has it makes another folder', async () => {
  const site = new SpoolSite();
  let refusals = 0;
  const { spool, told } = await site.open({
    lock: async () => {
      const tryLock = await loadTryLock();
      return (fd) => {
        refusals += 1;
        return refusals > 1 && tryLock(fd);
      };
    },
  });
  await kept(spool, entriesOf('a'));
  expect(told.health).toEqual([]);
  expect(site.spoolPaths()).toHaveLength(1);
});
