import { existsSync, openSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTryLock } from '../../src/spool/load-try-lock.ts';
import { systemError } from './support/disturbed-file-system.ts';
import { entriesOf, kept, loadedTexts, SpoolSite, stored } from './support/spool-site.ts';

it('a directory that is deleted as fast as it is made is told', async () => {
  const site = new SpoolSite();
  const opened = site.create();
  opened.disk.disturb = (call, path) => {
    if (call === 'open' && path.endsWith('lock')) rmSync(site.group, { recursive: true });
    return undefined;
  };
  await opened.spool.open();
  expect(opened.told.health).toEqual(['ERR_SPOOL_GONE']);
});

it('a directory that is deleted under us is made again, and what was lost with it is told', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  const inMemory = await stored(spool, entriesOf('loaded'));
  await kept(spool, entriesOf('a', 'b'));
  rmSync(site.directory, { recursive: true });
  await kept(spool, entriesOf('c'));
  expect(told.losses).toMatchObject([{ reason: 'invalid', recordCount: 2 }]);
  expect(told.health).toEqual(['ENOENT', 'recovered']);
  expect(spool).toMatchObject({ fileCount: 2, recordCount: 2 });
  expect(await loadedTexts(spool)).toEqual([['c']]);
  spool.decide(inMemory, [0]);
  await spool.settle();
  expect(spool.fileCount).toBe(1);
  expect(told.losses).toHaveLength(1);
});

it('a file that was loaded and given back is lost once', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  const file = await kept(spool, entriesOf('a'));
  await spool.load(file);
  spool.unload(file);
  rmSync(site.directory, { recursive: true });
  await spool.sweep();
  expect(told.losses).toHaveLength(1);
});

it('stores at the same time in a directory that was deleted are all kept', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  rmSync(site.directory, { recursive: true });
  const texts = Array.from({ length: 10 }, (_, index) => `${index}`);
  await Promise.all(texts.map((text) => kept(spool, entriesOf(text))));
  expect((await loadedTexts(spool)).flat().sort()).toEqual(texts);
  expect(site.paths().filter((path) => /^group\/[0-9a-f]+$/u.test(path))).toHaveLength(1);
});

it('a file that is given back after its directory was deleted is lost', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  const file = await stored(spool, entriesOf('a', 'b'));
  spool.decide(file, [0]);
  rmSync(site.directory, { recursive: true });
  await spool.sweep();
  expect(told.losses).toEqual([]);
  spool.unload(file);
  expect(told.losses).toMatchObject([{ reason: 'invalid', recordCount: 1 }]);
  expect(spool).toMatchObject({ fileCount: 0, recordCount: 0, bytes: 0 });
});

it('a half-written file that is deleted under us is written again', async () => {
  const { disk, spool, told } = await new SpoolSite().open();
  disk.disturb = (call, path) => {
    if (call === 'rename') {
      disk.disturb = () => undefined;
      unlinkSync(`${path}.tmp`);
    }
    return undefined;
  };
  await kept(spool, entriesOf('a'));
  expect(told.losses).toEqual([]);
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

/** The path of the lock file of a site's only owner. */
function lockPathIn(site: SpoolSite): string {
  const [folder = ''] = site.paths().filter((path) => /^group\/[0-9a-f]+$/u.test(path));
  return join(site.directory, folder, 'lock');
}

it('a lock file that is deleted under us is made again, before others think that we are dead', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  await kept(spool, entriesOf('a'));
  const lockPath = lockPathIn(site);
  unlinkSync(lockPath);
  const other = await site.open();
  await site.runtime.advance(10_000);
  // Ends with the sweep that is under way since.
  await spool.sweep();
  expect(existsSync(lockPath)).toBe(true);
  await site.runtime.advance(60_000);
  await other.spool.sweep();
  expect(other.spool.fileCount).toBe(0);
  expect(told.losses).toEqual([]);
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

it('a lock file that is made again is locked before others can see it', async () => {
  const site = new SpoolSite();
  const tryLock = await loadTryLock();
  let lockPath: string | undefined;
  let isSeen = false;
  const { spool, told } = await site.open({
    lock: async () => (fd) => {
      if (lockPath !== undefined && existsSync(lockPath)) {
        isSeen = true;
        tryLock(openSync(lockPath, 'r+'));
      }
      return tryLock(fd);
    },
  });
  await kept(spool, entriesOf('a'));
  lockPath = lockPathIn(site);
  unlinkSync(lockPath);
  await spool.sweep();
  expect(isSeen).toBe(false);
  expect(existsSync(lockPath)).toBe(true);
  expect(told.losses).toEqual([]);
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

it('a lock file is made again also where the file system has no hard links', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  await kept(spool, entriesOf('a'));
  const lockPath = lockPathIn(site);
  unlinkSync(lockPath);
  disk.disturb = (call) => (call === 'link' ? systemError('EPERM') : undefined);
  await spool.sweep();
  expect(readdirSync(dirname(lockPath)).filter((name) => name.startsWith('lock'))).toEqual([
    'lock',
  ]);
  expect(told.losses).toEqual([]);
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

it('a lock file that stores miss at the same time is made again once', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  await kept(spool, entriesOf('a'));
  const lockPath = lockPathIn(site);
  unlinkSync(lockPath);
  let renames = 0;
  disk.disturb = (call, path) => {
    if (call === 'rename' && renames < 2) {
      renames += 1;
      unlinkSync(`${path}.tmp`);
    }
    return undefined;
  };
  await Promise.all(['b', 'c'].map((text) => kept(spool, entriesOf(text))));
  expect(told.losses).toEqual([]);
  expect((await loadedTexts(spool)).flat().sort()).toEqual(['a', 'b', 'c']);
});

it('a lock file that a crash left without its name is no file of somebody else', async () => {
  const site = new SpoolSite();
  const { disk, spool } = await site.open();
  await kept(spool, entriesOf('a'));
  const draftPath = `${lockPathIn(site)}.tmp`;
  writeFileSync(draftPath, '');
  await disk.die();
  const next = await site.open();
  await next.spool.settle();
  expect(next.told.asides).toEqual([]);
  expect(existsSync(draftPath)).toBe(false);
});
