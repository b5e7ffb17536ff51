import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { expect, it } from 'vitest';
import { sealed } from './support/sealed.ts';
import {
  entriesOf,
  kept,
  loadedTexts,
  type OpenSpool,
  SpoolSite,
  stored,
  target,
} from './support/spool-site.ts';

/** Three stored files of an owner that died, and the path of the second. */
async function threeFiles(site: SpoolSite): Promise<string> {
  const { disk, spool } = await site.open();
  for (const text of ['a', 'b', 'c']) await kept(spool, entriesOf(text, text));
  await disk.die();
  return site.pathOf(site.spoolPaths()[1]);
}

const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  flipped: (path) => {
    const bytes = readFileSync(path);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  },
  truncated: (path) => truncateSync(path, 50),
  empty: (path) => truncateSync(path, 0),
  longer: (path) => appendFileSync(path, 'x'),
  'sparse and huge': (path) => truncateSync(path, 2 ** 40),
  'another program’s': (path) => writeFileSync(path, '{"log":"line"}'.repeat(100)),
  'of a future version': (path) => {
    const bytes = readFileSync(path);
    bytes.writeUInt32LE(3, 8);
    writeFileSync(path, sealed(bytes.subarray(0, -4)));
  },
  'a link': (path) => {
    copyFileSync(path, `${path}.elsewhere`);
    renameSync(`${path}.elsewhere`, join(dirname(path), '../../elsewhere'));
    unlinkSync(path);
    symlinkSync(join(dirname(path), '../../elsewhere'), path);
  },
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
  'a pipe': (path) => {
    rmSync(path);
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);
  },
};

it.for(Object.keys(DAMAGES))(
  'of three files of a dead owner one is %s: it is set aside untouched, its neighbours come back',
  async (name) => {
    const site = new SpoolSite();
    const path = await threeFiles(site);
    DAMAGES[name]?.(path);
    const { spool, told } = await site.open();
    expect(await loadedTexts(spool)).toEqual([
      ['a', 'a'],
      ['c', 'c'],
    ]);
    await spool.settle();
    expect(told.asides).toHaveLength(1);
    expect(readdirSync(join(site.group, 'set-aside'))).toHaveLength(1);
    expect(told.health).toEqual([]);
    expect(spool).toMatchObject({ fileCount: 2, recordCount: 4 });
  },
);

it.for(Object.keys(DAMAGES))(
  'a file that is %s since we stored it is told as lost, by what its name says',
  async (name) => {
    const site = new SpoolSite();
    const { spool, told } = await site.open();
    const file = await kept(spool, entriesOf('a', 'b'));
    DAMAGES[name]?.(site.pathOf(site.spoolPaths()[0]));
    expect(await spool.load(file)).toBeInstanceOf(Error);
    expect(told.losses).toMatchObject([
      {
        reason: 'invalid',
        recordCount: 2,
        bytes: file.byteSize,
        firstTimeMillis: 1000,
        lastTimeMillis: 1001,
        targetKey: 'logs',
        file,
      },
    ]);
    expect(told.asides).toHaveLength(1);
    expect(spool).toMatchObject({ fileCount: 0, recordCount: 0, bytes: 0 });
    await spool.close();
    expect(readdirSync(site.group)).toEqual(['set-aside']);
  },
);

it.for([
  ['truncated', /is truncated/u],
  ['longer', /larger than it was/u],
  ['flipped', /wrong checksum/u],
  ['another program’s', /no spool file|larger/u],
  ['of a future version', /version 3/u],
] as const)('why a file that is %s was set aside is told', async ([name, why]) => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  const file = await kept(spool, entriesOf('a', 'b'));
  DAMAGES[name]?.(site.pathOf(site.spoolPaths()[0]));
  await spool.load(file);
  expect(told.asides[0]?.why).toMatch(why);
});

it('a damaged file takes its journal along', async () => {
  const site = new SpoolSite();
  const { spool } = await site.open();
  const file = await stored(spool, entriesOf('a', 'b'));
  spool.decide(file, [0]);
  await spool.settle();
  truncateSync(site.pathOf(site.spoolPaths()[0]), 20);
  expect(await spool.load(file)).toBeInstanceOf(Error);
  await spool.close();
  expect(readdirSync(site.group)).toEqual(['set-aside']);
  expect(
    readdirSync(join(site.group, 'set-aside'))
      .map((name) => extname(name))
      .sort(),
  ).toEqual(['.done', '.spool']);
});

it('a file that is gone is told as lost', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  const file = await kept(spool, entriesOf('a'));
  unlinkSync(site.pathOf(site.spoolPaths()[0]));
  expect(await spool.load(file)).toMatchObject({ code: 'ERR_SPOOL_GONE' });
  expect(told.losses).toMatchObject([{ reason: 'invalid', recordCount: 1 }]);
  expect(told.asides).toEqual([]);
});

it('the damaged file of a dead owner that would have named the target is lost under no name', async () => {
  const site = new SpoolSite();
  const path = await threeFiles(site);
  for (const spoolPath of site.spoolPaths()) {
    if (site.pathOf(spoolPath) !== path) unlinkSync(site.pathOf(spoolPath));
  }
  truncateSync(path, 30);
  const { told } = await site.open();
  expect(told.adoptedFiles).toEqual([]);
  expect(told.losses).toMatchObject([
    { reason: 'invalid', recordCount: 2, targetKey: '', error: { code: 'ERR_SPOOL_DAMAGED' } },
  ]);
  expect(told.losses[0]).not.toHaveProperty('file');
});

it('a file under the name of another is not taken for it', async () => {
  const site = new SpoolSite();
  const path = await threeFiles(site);
  const lie = basename(path).replace(/-2-(\d+)-/u, '-7-$1-');
  renameSync(path, join(dirname(path), lie));
  const { spool, told } = await site.open();
  expect((await loadedTexts(spool)).flat()).toEqual(['a', 'a', 'c', 'c']);
  expect(told.losses).toMatchObject([{ recordCount: 7 }]);
});

it('what is no file of a spool is set aside with its content', async () => {
  const site = new SpoolSite();
  const folder = dirname(await threeFiles(site));
  const odd = `ünï\n$(touch x) ${'and a name that is long '.repeat(9)}`;
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  writeFileSync(join(folder, odd), 'odd');
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'folder', 'inside'), 'deep');
  const { spool, told } = await site.open();
  expect((await loadedTexts(spool)).flat()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  expect(told.asides.map(({ why }) => why)).toEqual(Array(3).fill('It is no file of a spool'));
  const contents = told.asides.map(({ path }) =>
    path.endsWith('folder')
      ? readFileSync(join(path, 'inside'), 'utf8')
      : readFileSync(path, 'utf8'),
  );
  expect(contents.sort()).toEqual(['deep', 'mine', 'odd']);
  expect(told.losses).toEqual([]);
});

it('what is set aside never takes the place of what was before', async () => {
  const site = new SpoolSite();
  const { spool, told } = await site.open();
  for (const text of ['one', 'two']) {
    const folder = join(site.group, 'b'.repeat(24));
    mkdirSync(folder);
    writeFileSync(join(folder, 'lock'), '');
    writeFileSync(join(folder, 'junk'), text);
    await spool.sweep();
  }
  expect(told.asides.map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['one', 'two']);
});

it('beside the folders of owners anything may lie', async () => {
  const site = new SpoolSite();
  await threeFiles(site);
  writeFileSync(join(site.group, 'c'.repeat(24)), 'a file');
  mkdirSync(join(site.group, 'not-an-owner'));
  writeFileSync(join(site.group, 'not-an-owner', 'kept'), '');
  const { spool, told } = await site.open();
  expect(spool.fileCount).toBe(3);
  expect(told).toMatchObject({ asides: [], health: [] });
  expect(readdirSync(join(site.group, 'not-an-owner'))).toEqual(['kept']);
});

it('an owner’s folder that is a link is not followed', async () => {
  const site = new SpoolSite();
  const folder = dirname(await threeFiles(site));
  renameSync(folder, join(site.directory, 'elsewhere'));
  symlinkSync(join(site.directory, 'elsewhere'), folder);
  const { spool, told } = await site.open();
  await site.runtime.advance(60_000);
  await spool.sweep();
  expect(spool.fileCount).toBe(0);
  expect(told).toMatchObject({ asides: [], health: [] });
  expect(readdirSync(join(site.directory, 'elsewhere'))).toHaveLength(4);
});

it('a lock file that is a link is not followed', async () => {
  const site = new SpoolSite();
  const folder = dirname(await threeFiles(site));
  rmSync(join(folder, 'lock'));
  symlinkSync(join(site.directory, 'made'), join(folder, 'lock'));
  const { spool, told } = await site.open();
  expect(spool.fileCount).toBe(0);
  expect(told.health).toEqual(['ELOOP']);
  expect(readdirSync(site.directory)).toEqual(['group']);
});

it.for<[string, (journal: string) => string]>([
  ['a line that is torn off', (text) => text.slice(0, -4)],
  ['a flipped digit', (text) => text.replace('\n0', '\n1')],
  ['another file’s lines', (text) => text.replace(/ [0-9a-f]{8}\n/u, ' 00000000\n')],
  ['no text', () => '\u0000'.repeat(500)],
])('a journal with %s decides nothing', async ([, damage]) => {
  const site = new SpoolSite();
  const { disk, spool } = await site.open();
  const file = await spool.store(target, entriesOf('a', 'b'));
  if (file instanceof Error) throw file;
  spool.decide(file, [0]);
  await spool.settle();
  await disk.die();
  const journal = site.pathOf(site.paths().find((path) => path.endsWith('.done')));
  writeFileSync(journal, damage(readFileSync(journal, 'latin1')), 'latin1');
  const next = await site.open();
  expect(next.spool.recordCount).toBe(2);
  expect(await loadedTexts(next.spool)).toEqual([['a', 'b']]);
});

it('damage that cannot be moved is told as lost and left to the next owner', async () => {
  const site = new SpoolSite();
  const opened: OpenSpool = await site.open();
  const file = await kept(opened.spool, entriesOf('a'));
  truncateSync(site.pathOf(site.spoolPaths()[0]), 20);
  opened.disk.disturb = (call) =>
    call === 'rename' ? Object.assign(new Error('made up'), { code: 'EROFS' }) : undefined;
  expect(await opened.spool.load(file)).toBeInstanceOf(Error);
  expect(opened.told.losses).toHaveLength(1);
  expect(opened.told.asides).toEqual([]);
  await opened.spool.close();
  expect(site.spoolPaths()).toHaveLength(1);
  expect((await site.open()).told.asides).toHaveLength(1);
});
