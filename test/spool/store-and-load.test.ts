import { expect, it } from 'vitest';
import {
  entriesOf,
  kept,
  loaded,
  loadedNext,
  loadedTexts,
  SpoolSite,
  stored,
  storedTargets,
  target,
  targetNamed,
  textsOf,
} from './support/spool-site.ts';

it('what is stored comes back byte by byte, with its counts and times', async () => {
  const { spool } = await new SpoolSite().open();
  const entries = [
    { bytes: Buffer.from([0, 255, 10, 13]), recordCount: 3, timeMillis: 5, lastTimeMillis: 9 },
    { bytes: new Uint8Array(0), recordCount: 0, timeMillis: 0.5, lastTimeMillis: 2 ** 53 },
  ];
  const file = await stored(spool, entries);
  expect(await loaded(spool, file)).toEqual(
    entries.map((entry, index) => ({ ...entry, bytes: Buffer.from(entry.bytes), index })),
  );
});

it('which part of a record an entry is comes back', async () => {
  const { spool } = await new SpoolSite().open();
  const parts = entriesOf('first', 'second').map((entry, index) => ({
    ...entry,
    recordCount: index,
    part: { index, count: 2 },
  }));
  const file = await stored(spool, parts);
  expect(file.recordCount).toBe(1);
  expect(await loaded(spool, file)).toMatchObject([
    { part: { index: 0, count: 2 } },
    { part: { index: 1, count: 2 } },
  ]);
});

it('counts bytes, records and files that are not yet decided', async () => {
  const { spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a', 'b', 'c'));
  const other = await kept(spool, entriesOf('d'));
  expect(spool).toMatchObject({ recordCount: 4, fileCount: 2 });
  expect(spool.bytes).toBe(file.byteSize + other.byteSize);
  spool.decide(file, [0, 2]);
  expect(spool).toMatchObject({ recordCount: 2, fileCount: 2 });
  expect(file.recordCount).toBe(1);
  spool.decide(file, [1]);
  expect(spool).toMatchObject({ recordCount: 1, fileCount: 1, bytes: other.byteSize });
});

it('a file knows when it was stored, and that it is not another’s', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const createdAtMillis = site.runtime.wallMillis();
  expect(await stored(spool, entriesOf('a'))).toMatchObject({ createdAtMillis, isAdopted: false });
});

it('a file whose entries are all decided is deleted, with its journal', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const file = await stored(spool, entriesOf('a', 'b'));
  spool.decide(file, [1]);
  await spool.settle();
  expect(site.paths().filter((path) => path.endsWith('.done'))).toHaveLength(1);
  spool.decide(file, [0]);
  await spool.settle();
  expect(site.paths().filter((path) => /\.(?:done|spool)$/u.test(path))).toEqual([]);
});

it('entries that are decided do not come back when the file is loaded again', async () => {
  const { spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a', 'b', 'c'));
  spool.decide(file, [1]);
  spool.unload(file);
  const entries = await loaded(spool, file);
  expect(entries.map(({ index }) => index)).toEqual([0, 2]);
  expect(textsOf(entries)).toEqual(['a', 'c']);
});

it('deciding twice, or what is not there, changes nothing', async () => {
  const { spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a', 'b', 'c'));
  spool.decide(file, [1, 1]);
  spool.decide(file, [1, -1, 3, 0.5, Number.NaN]);
  expect(spool).toMatchObject({ recordCount: 2, fileCount: 1 });
});

it('what was just stored counts as loaded until it is given back', async () => {
  const { spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a'));
  expect(spool.nextStored()).toBeUndefined();
  spool.unload(file);
  expect(spool.nextStored()).toBe(file);
  await loaded(spool, file);
  expect(spool.nextStored()).toBeUndefined();
});

it('the oldest file comes first, and keeps its place when it is given back', async () => {
  const { spool } = await new SpoolSite().open();
  for (const text of ['a', 'b', 'c', 'd']) await kept(spool, entriesOf(text));
  const { file } = await loadedNext(spool);
  const second = await loadedNext(spool);
  spool.unload(second.file);
  spool.unload(file);
  expect(await loadedTexts(spool)).toEqual([['a'], ['b'], ['c'], ['d']]);
});

it('the oldest file of the targets that a filter lets pass is next', async () => {
  const { spool } = await new SpoolSite().open();
  for (const key of ['a', 'b', 'c', 'b']) await kept(spool, entriesOf(key), targetNamed(key));
  expect(spool.nextStored()?.target.key).toBe('a');
  expect(spool.nextStored((file) => file.target.key !== 'a')?.target.key).toBe('b');
  expect(spool.nextStored(() => false)).toBeUndefined();
});

it('a filter is asked about the targets with stored files, each once', async () => {
  const { spool } = await new SpoolSite().open();
  const one = await kept(spool, entriesOf('1'), targetNamed('a'));
  const other = await kept(spool, entriesOf('2'), targetNamed('a'));
  await loaded(spool, one);
  expect(storedTargets(spool)).toHaveLength(1);
  await loaded(spool, other);
  expect(storedTargets(spool)).toHaveLength(0);
});

it('targets of the same key but other names stay apart', async () => {
  const { spool } = await new SpoolSite().open();
  await kept(spool, entriesOf('1'), { key: 'k', names: { url: 'https://one' } });
  await kept(spool, entriesOf('2'), { key: 'k', names: { url: 'https://two' } });
  expect(storedTargets(spool).map(({ names }) => names['url'])).toEqual([
    'https://one',
    'https://two',
  ]);
});

it('any text may be a name of a target', async () => {
  const site = new SpoolSite();
  const { disk, spool } = await site.open();
  const names = Object.fromEntries([
    ['__proto__', 'x'],
    ['../../etc', '\u0000\ud800'],
    ['', ''],
  ]);
  const odd = {
    key: '../../\u0000"',
    names,
    resourceAttributes: { 'a.b': ['c', 1], d: { e: null } },
  };
  await kept(spool, entriesOf('a'), odd);
  await disk.die();
  const next = await site.open();
  expect(next.spool.nextStored()?.target).toEqual(odd);
});

it.for([
  ['no entries', target, []],
  ['a count below 0', target, [{ ...entriesOf('a')[0], recordCount: -1 }]],
  [
    'attributes that JSON cannot hold',
    { ...target, resourceAttributes: { a: 1n } },
    entriesOf('a'),
  ],
] as const)('answers an error for %s, and the disk is none the worse', async ([, at, entries]) => {
  const { spool, told } = await new SpoolSite().open();
  const bytes = new Uint8Array(1);
  const whole = entries.map((entry) => ({ bytes, timeMillis: 0, lastTimeMillis: 0, ...entry }));
  expect(await spool.store(at, whole)).toBeInstanceOf(Error);
  expect(await spool.store(target, entriesOf('a'))).not.toBeInstanceOf(Error);
  expect(told.health).toEqual([]);
  expect(spool).toMatchObject({ recordCount: 1, fileCount: 1 });
});

it('a file that is gone answers an error', async () => {
  const { spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a'));
  spool.decide(file, [0]);
  expect(await spool.load(file)).toMatchObject({ code: 'ERR_SPOOL_GONE' });
});

it('after close nothing is stored or loaded, and files stay for the next owner', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const file = await kept(spool, entriesOf('a', 'b'));
  await Promise.all([spool.close(), spool.close()]);
  expect(await spool.store(target, entriesOf('c'))).toMatchObject({ code: 'ERR_SPOOL_CLOSED' });
  expect(await spool.load(file)).toMatchObject({ code: 'ERR_SPOOL_CLOSED' });
  const next = await site.open();
  expect(await loadedTexts(next.spool)).toEqual([['a', 'b']]);
});

it('what is decided after close is left to the next owner, who has it by then', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const file = await stored(spool, entriesOf('a'));
  await spool.close();
  const next = await site.open();
  spool.decide(file, [0]);
  await spool.settle();
  expect(await loadedTexts(next.spool)).toEqual([['a']]);
});

it('a file that is decided while it is loaded answers an error', async () => {
  const { disk, spool } = await new SpoolSite().open();
  const file = await stored(spool, entriesOf('a'));
  disk.disturb = (call) => (call === 'read' ? 'hang' : undefined);
  const loading = spool.load(file);
  await expect.poll(() => disk.count('read')).toBe(1);
  spool.decide(file, [0]);
  disk.goOn();
  expect(await loading).toMatchObject({ code: 'ERR_SPOOL_GONE' });
});

it('close ends what is being written, and takes an empty folder away', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const storing = spool.store(target, entriesOf('a'));
  const closing = spool.close();
  expect(await storing).not.toBeInstanceOf(Error);
  await closing;
  expect(site.spoolPaths()).toHaveLength(1);
  const next = await site.open();
  const { file } = await loadedNext(next.spool);
  next.spool.decide(file, [0]);
  await next.spool.close();
  expect(site.paths()).toEqual(['group']);
});

it('a timer is all that is left when nothing is to be done, and close ends it', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  await stored(spool, entriesOf('a'));
  expect(site.runtime.pendingTimers).toHaveLength(1);
  await spool.close();
  expect(site.runtime.pendingTimers).toEqual([]);
});
