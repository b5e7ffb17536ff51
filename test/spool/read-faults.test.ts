import { expect, it } from 'vitest';
import { systemError } from './support/disturbed-file-system.ts';
import {
  entriesOf,
  kept,
  loadedNext,
  loadedTexts,
  SpoolSite,
  stored,
} from './support/spool-site.ts';

it('a file is read again when the process is short of file descriptors, however long', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  const file = await kept(spool, entriesOf('a'));
  disk.disturb = (call, path) =>
    call === 'open' && path.endsWith('.spool') ? systemError('EMFILE') : undefined;
  const loading = spool.load(file);
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await expect.poll(() => disk.count('open', '.spool')).toBe(attempt);
    await expect.poll(() => site.runtime.pendingTimers.length).toBe(2);
    await site.runtime.advance(1000);
  }
  disk.disturb = () => undefined;
  await expect.poll(() => disk.count('open', '.spool')).toBe(11);
  await site.runtime.advance(1000);
  expect(await loading).toMatchObject([{ index: 0 }]);
  expect(told.health).toEqual(['EMFILE', 'recovered']);
  expect(told.losses).toEqual([]);
});

it('a file that cannot be read three times is set aside and told as lost', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  const file = await kept(spool, entriesOf('a'));
  await kept(spool, entriesOf('b'));
  disk.disturb = (call) => (call === 'read' ? systemError('EIO') : undefined);
  const loading = spool.load(file);
  for (const attempt of [1, 2]) {
    await expect.poll(() => disk.count('read')).toBe(attempt);
    await expect.poll(() => site.runtime.pendingTimers.length).toBe(2);
    await site.runtime.advance(1000);
  }
  expect(await loading).toMatchObject({ code: 'EIO' });
  disk.disturb = () => undefined;
  expect(told.asides).toHaveLength(1);
  expect(told.losses).toMatchObject([{ reason: 'invalid', error: { code: 'EIO' } }]);
  expect((await loadedNext(spool)).texts).toEqual(['b']);
  expect(told.health).toEqual(['EIO', 'recovered']);
});

it('a file that is being tried when the spool closes stays for the next owner', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  const file = await kept(spool, entriesOf('a'));
  disk.disturb = (call) => (call === 'read' ? systemError('EIO') : undefined);
  const loading = spool.load(file);
  await expect.poll(() => site.runtime.pendingTimers.length).toBe(2);
  await spool.close();
  await site.runtime.advance(1000);
  expect(await loading).toMatchObject({ code: 'ERR_SPOOL_CLOSED' });
  expect(told.losses).toEqual([]);
  expect(await loadedTexts((await site.open()).spool)).toEqual([['a']]);
});

it('a disk that fails while files are taken over: nothing is ours, the next sweep tries again', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  await kept(first.spool, entriesOf('a'));
  await first.disk.die();
  const opened = site.create();
  opened.disk.disturb = (call, path) =>
    call === 'open' && path.endsWith('.spool') ? systemError('EMFILE') : undefined;
  await opened.spool.open();
  expect(opened.told.health).toEqual(['EMFILE']);
  expect(opened.spool.fileCount).toBe(0);
  opened.disk.disturb = () => undefined;
  await opened.spool.sweep();
  expect(opened.told.health).toEqual(['EMFILE', 'recovered']);
  expect(await loadedTexts(opened.spool)).toEqual([['a']]);
});

it('a dead owner’s file that cannot be read is set aside, and its neighbours are taken over', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  for (const text of ['a', 'b']) await kept(first.spool, entriesOf(text));
  await first.disk.die();
  const opened = site.create();
  opened.disk.disturb = (call) =>
    call === 'read' && opened.disk.count('read') === 1 ? systemError('EIO') : undefined;
  await opened.spool.open();
  expect(opened.told.losses).toMatchObject([{ reason: 'invalid', error: { code: 'EIO' } }]);
  expect(opened.told.asides).toHaveLength(1);
  expect(opened.spool.fileCount).toBe(1);
});

/** What an owner left that has died: two records, of which its journal says that the first is decided. */
async function leaveHalfDecided(site: SpoolSite): Promise<void> {
  const { disk, spool } = await site.open();
  spool.decide(await stored(spool, entriesOf('a', 'b')), [0]);
  await spool.settle();
  await disk.die();
}

it('a dead owner’s journal that cannot be read decides nothing', async () => {
  const site = new SpoolSite();
  await leaveHalfDecided(site);
  const opened = site.create();
  opened.disk.disturb = (call, path) =>
    call === 'open' && path.endsWith('.done') ? systemError('EACCES') : undefined;
  await opened.spool.open();
  expect(opened.spool.recordCount).toBe(2);
});

it('a journal that cannot be read for want of file descriptors is read by the next sweep', async () => {
  const site = new SpoolSite();
  await leaveHalfDecided(site);
  const opened = site.create();
  opened.disk.disturb = (call, path) =>
    call === 'open' && path.endsWith('.done') ? systemError('EMFILE') : undefined;
  await opened.spool.open();
  expect(opened.spool.recordCount).toBe(0);
  opened.disk.disturb = () => undefined;
  await opened.spool.sweep();
  expect(opened.spool.recordCount).toBe(1);
});
