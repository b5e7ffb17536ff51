import { mkdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import type { Call } from './support/disturbed-file-system.ts';
import { systemError } from './support/disturbed-file-system.ts';
import {
  entriesOf,
  kept,
  loadedNext,
  loadedTexts,
  SpoolSite,
  stored,
  target,
} from './support/spool-site.ts';

const FAULTS: readonly (readonly [code: string, call: Call])[] = [
  ['ENOSPC', 'open'],
  ['ENOSPC', 'write'],
  ['EIO', 'write'],
  ['EIO', 'datasync'],
  ['EIO', 'close'],
  ['EROFS', 'rename'],
  ['EIO', 'sync'],
  ['EDQUOT', 'datasync'],
];

it.for(FAULTS)(
  '%s at %s: the batch is refused, nothing of it stays, and later ones are stored',
  async ([code, call]) => {
    const site = new SpoolSite();
    const { disk, spool, told } = await site.open();
    await kept(spool, entriesOf('before'));
    disk.disturb = (made) => (made === call ? systemError(code) : undefined);
    expect(await spool.store(target, entriesOf('refused'))).toMatchObject({ code });
    disk.disturb = () => undefined;
    await spool.settle();
    expect(site.paths().filter((path) => /\.(?:tmp|spool)$/u.test(path))).toHaveLength(1);
    await site.runtime.advance(1000);
    await kept(spool, entriesOf('after'));
    expect(told.health).toEqual([code, 'recovered']);
    expect(await loadedTexts(spool)).toEqual([['before'], ['after']]);
  },
);

it('a disk that takes a part, and then no more, stores nothing', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  disk.disturb = (call) => {
    if (call !== 'write') return undefined;
    return disk.count('write') === 1 ? { takes: 10 } : systemError('ENOSPC');
  };
  expect(await spool.store(target, entriesOf('a'.repeat(1000)))).toMatchObject({ code: 'ENOSPC' });
  await spool.settle();
  expect(site.paths().filter((path) => path.endsWith('.tmp'))).toEqual([]);
  expect(told.health).toEqual(['ENOSPC']);
});

it('what is written in parts is whole', async () => {
  const { disk, spool } = await new SpoolSite().open();
  disk.disturb = (call) => (call === 'write' ? { takes: 7 } : undefined);
  await kept(spool, entriesOf('a'.repeat(100), 'b'));
  expect(await loadedTexts(spool)).toEqual([['a'.repeat(100), 'b']]);
});

it('a write that takes nothing is a failure, no endless loop', async () => {
  const { disk, spool } = await new SpoolSite().open();
  disk.disturb = (call) => (call === 'write' ? { takes: 0 } : undefined);
  expect(await spool.store(target, entriesOf('a'))).toMatchObject({ code: 'ERR_SPOOL_FULL' });
});

it('a failing disk is told once, and tried once a second', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  disk.disturb = (call) => (call === 'open' ? systemError('ENOSPC') : undefined);
  expect(await spool.store(target, entriesOf('a'))).toMatchObject({ code: 'ENOSPC' });
  for (let count = 0; count < 30; count += 1) {
    await site.runtime.advance(100);
    await spool.store(target, entriesOf('b'));
  }
  expect(disk.count('open', '.tmp')).toBe(4);
  const refusal = await spool.store(target, entriesOf('c'));
  expect(refusal).toMatchObject({ code: 'ERR_SPOOL_WAITING', cause: { code: 'ENOSPC' } });
  expect(told.health).toEqual(['ENOSPC']);
});

it('a directory that cannot be made is told, and made by a later store', async () => {
  const site = new SpoolSite();
  const opened = site.create();
  opened.disk.disturb = (call) => (call === 'mkdir' ? systemError('EROFS') : undefined);
  await opened.spool.open();
  expect(opened.told.health).toEqual(['EROFS']);
  opened.disk.disturb = () => undefined;
  expect(await opened.spool.store(target, entriesOf('a'))).toMatchObject({
    code: 'ERR_SPOOL_WAITING',
  });
  await site.runtime.advance(1000);
  await kept(opened.spool, entriesOf('b'));
  expect(opened.told.health).toEqual(['EROFS', 'recovered']);
});

it('missing folders above a group are made one at a time', async () => {
  const site = new SpoolSite();
  const { disk } = await site.open({ directory: join(site.directory, 'a', 'b') });
  const made = disk.calls.filter(({ call }) => call === 'mkdir').map(({ path }) => path);
  const names = made.slice(0, 3).map((path) => relative(site.directory, path));
  expect(names).toEqual(['a', join('a', 'b'), join('a', 'b', 'group')]);
});

it.runIf(process.platform === 'linux')('a directory in /proc is told', async () => {
  const site = new SpoolSite();
  const { told } = await site.open({ directory: '/proc/1/collectorless' });
  expect(told.health).toEqual(['ENOENT']);
});

it('of a directory whose parent may not be made the reason is told, and not that it is missing', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = site.create({ directory: join(site.directory, 'a', 'b') });
  disk.disturb = (call, path) =>
    call === 'mkdir' && path.endsWith('a') ? systemError('EACCES') : undefined;
  await spool.open();
  expect(told.health).toEqual(['EACCES']);
});

it('a directory below a file is told', async () => {
  const site = new SpoolSite();
  writeFileSync(join(site.directory, 'file'), '');
  const { told } = await site.open({ directory: join(site.directory, 'file', 'spool') });
  expect(told.health).toEqual(['ENOTDIR']);
});

it('a directory that another process makes at the same time is used', async () => {
  const site = new SpoolSite();
  const directory = join(site.directory, 'a', 'b');
  const { disk, spool, told } = site.create({ directory });
  disk.disturb = (call, path) => {
    if (call === 'mkdir' && path.endsWith('a')) mkdirSync(directory, { recursive: true });
    return undefined;
  };
  await spool.open();
  await kept(spool, entriesOf('a'));
  expect(told.health).toEqual([]);
});

it('without the locks of the system nothing is kept on disk, and the reason is told', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open({
    lock: async () => {
      throw systemError('ERR_SPOOL_LOCK');
    },
  });
  expect(told.health).toEqual(['ERR_SPOOL_LOCK']);
  expect(await spool.store(target, entriesOf('a'))).toBeInstanceOf(Error);
  await spool.close();
  expect(site.paths()).toEqual([]);
});

it('a file system without locks is told, and costs no file descriptor', async () => {
  const site = new SpoolSite();
  const { disk, told } = await site.open({
    lock: async () => () => {
      throw systemError('ENOLCK');
    },
  });
  expect(told.health).toEqual(['ENOLCK']);
  expect(site.paths()).toEqual(['group']);
  expect(disk.count('close', 'lock')).toBe(disk.count('open', 'lock'));
});

it.for(['EINVAL', 'EPERM'])(
  'a file system that cannot sync folders (%s) is no failure',
  async (code) => {
    const { disk, spool, told } = await new SpoolSite().open();
    disk.disturb = (call) => (call === 'sync' ? systemError(code) : undefined);
    await kept(spool, entriesOf('a'));
    expect(told.health).toEqual([]);
  },
);

it('of stores that share a sync of their folder, those after one that failed are kept', async () => {
  const { disk, spool } = await new SpoolSite().open();
  disk.disturb = (call) => {
    if (call === 'sync') disk.disturb = () => undefined;
    return call === 'sync' ? systemError('EIO') : undefined;
  };
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => spool.store(target, entriesOf(`${index}`))),
  );
  const refused = answers.filter((answer) => answer instanceof Error);
  expect(refused.length).toBeGreaterThan(0);
  expect(spool.fileCount).toBe(10 - refused.length);
  expect(spool.fileCount).toBeGreaterThan(0);
});

it.for(['stat', 'lstat'] as const)(
  'a look at our lock that fails (%s) is no reason to give up our files',
  async (call) => {
    const { disk, spool, told } = await new SpoolSite().open();
    await kept(spool, entriesOf('a'));
    disk.disturb = (made) => (made === call ? systemError('EIO') : undefined);
    await spool.sweep();
    disk.disturb = () => undefined;
    expect(told.losses).toEqual([]);
    expect(await loadedTexts(spool)).toEqual([['a']]);
  },
);

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

it('a lock file that is deleted under us is made again, before others think that we are dead', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  await kept(spool, entriesOf('a'));
  const [folder = ''] = site.paths().filter((path) => /^group\/[0-9a-f]+$/u.test(path));
  unlinkSync(join(site.directory, folder, 'lock'));
  const other = await site.open();
  await site.runtime.advance(10_000);
  await expect.poll(() => site.modes()).toHaveProperty([`${folder}/lock`]);
  await site.runtime.advance(60_000);
  await other.spool.sweep();
  expect(other.spool.fileCount).toBe(0);
  expect(told.losses).toEqual([]);
  expect(await loadedTexts(spool)).toEqual([['a']]);
});

it('a disk that hangs is not waited for, and what it stores after all is deleted', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  disk.disturb = (call) => (call === 'datasync' ? 'hang' : undefined);
  const storing = spool.store(target, entriesOf('a'));
  await expect.poll(() => disk.count('datasync')).toBe(1);
  await site.runtime.advance(10_000);
  expect(await storing).toMatchObject({ code: 'ERR_SPOOL_SLOW' });
  await site.runtime.advance(5000);
  // Nothing more goes to a disk that has not answered.
  expect(await spool.store(target, entriesOf('b'))).toMatchObject({ code: 'ERR_SPOOL_WAITING' });
  disk.disturb = () => undefined;
  disk.goOn();
  await expect.poll(() => told.health).toEqual(['ERR_SPOOL_SLOW', 'recovered']);
  await spool.settle();
  expect(spool).toMatchObject({ fileCount: 0, bytes: 0 });
  expect(site.spoolPaths()).toEqual([]);
});

it('a file that cannot be deleted is tried again', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  const file = await stored(spool, entriesOf('a'));
  disk.disturb = (call) => (call === 'unlink' ? systemError('EROFS') : undefined);
  spool.decide(file, [0]);
  await spool.sweep();
  expect(site.spoolPaths()).toHaveLength(1);
  expect(told.health).toEqual(['EROFS']);
  disk.disturb = () => undefined;
  await spool.sweep();
  expect(site.spoolPaths()).toEqual([]);
  expect(told.health).toEqual(['EROFS', 'recovered']);
});

it('a journal that cannot be written is tried again', async () => {
  const site = new SpoolSite();
  const { disk, spool, told } = await site.open();
  const file = await stored(spool, entriesOf('a', 'b', 'c'));
  disk.disturb = (call, path) =>
    path.endsWith('.done') && call === 'write' ? { takes: 3 } : undefined;
  spool.decide(file, [0]);
  await spool.settle();
  spool.decide(file, [2]);
  await spool.settle();
  disk.disturb = () => undefined;
  await spool.sweep();
  expect(told.health.at(-1)).toBe('recovered');
  await disk.die();
  const next = await site.open();
  expect(next.told.adoptedFiles).toMatchObject([{ recordCount: 1 }]);
  expect(await loadedTexts(next.spool)).toEqual([['b']]);
});

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

it('a dead owner’s journal that cannot be read decides nothing', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  first.spool.decide(await stored(first.spool, entriesOf('a', 'b')), [0]);
  await first.spool.settle();
  await first.disk.die();
  const opened = site.create();
  opened.disk.disturb = (call, path) =>
    call === 'open' && path.endsWith('.done') ? systemError('EACCES') : undefined;
  await opened.spool.open();
  expect(opened.spool.recordCount).toBe(2);
});

it('a journal that cannot be read for want of file descriptors is read by the next sweep', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  first.spool.decide(await stored(first.spool, entriesOf('a', 'b')), [0]);
  await first.spool.settle();
  await first.disk.die();
  const opened = site.create();
  opened.disk.disturb = (call, path) =>
    call === 'open' && path.endsWith('.done') ? systemError('EMFILE') : undefined;
  await opened.spool.open();
  expect(opened.spool.recordCount).toBe(0);
  opened.disk.disturb = () => undefined;
  await opened.spool.sweep();
  expect(opened.spool.recordCount).toBe(1);
});

it('listeners that throw harm nothing', async () => {
  const site = new SpoolSite();
  const first = await site.open();
  await kept(first.spool, entriesOf('a'));
  await first.disk.die();
  const other = await site.open({ group: 'other' });
  await kept(other.spool, entriesOf('d'));
  await other.disk.die();
  const fail = (): never => {
    throw new Error('thrown by a listener');
  };
  const { disk, spool } = await site.open({
    maxBytes: 150,
    events: {
      adopted: fail,
      lost: fail,
      setAside: fail,
      stranded: fail,
      trouble: fail,
      recovered: fail,
    },
    isRelated: () => true,
  });
  disk.disturb = (call) => (call === 'write' ? systemError('EIO') : undefined);
  await spool.store(target, entriesOf('b'));
  disk.disturb = () => undefined;
  await site.runtime.advance(1000);
  await kept(spool, entriesOf('c'));
  expect(await loadedTexts(spool)).toEqual([['c']]);
});
