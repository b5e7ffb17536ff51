import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import type { Call } from './support/disturbed-file-system.ts';
import { systemError } from './support/disturbed-file-system.ts';
import { entriesOf, kept, loadedTexts, SpoolSite, stored, target } from './support/spool-site.ts';

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
