import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupName } from '../../src/spool/group-name.ts';
import { entriesOf, kept, SpoolSite, stored } from './support/spool-site.ts';

it('folders and files are private whatever the process allows others', async () => {
  const before = process.umask(0);
  try {
    const site = new SpoolSite();
    const { disk, spool } = await site.open();
    const file = await stored(spool, entriesOf('a', 'b'));
    spool.decide(file, [0]);
    await spool.settle();
    await disk.die();
    const folder = join(site.directory, site.spoolPaths()[0] ?? '', '..');
    writeFileSync(join(folder, 'foreign'), '');
    const next = await site.open();
    expect(next.spool.fileCount).toBe(1);
    const modes = Object.entries(site.modes()).filter(([path]) => !path.endsWith('foreign'));
    expect(modes.length).toBeGreaterThanOrEqual(7);
    for (const [path, mode] of modes) {
      expect([path, mode]).toEqual([path, /\.(?:spool|done)$|lock$/u.test(path) ? '600' : '700']);
    }
  } finally {
    process.umask(before);
  }
});

it('the folder of a group that was open to others is closed to them', async () => {
  const site = new SpoolSite();
  mkdirSync(site.group);
  chmodSync(site.group, 0o777);
  await site.open();
  expect(site.modes()['group']).toBe('700');
});

it('a directory that exists keeps its rights', async () => {
  const site = new SpoolSite();
  chmodSync(site.directory, 0o755);
  mkdirSync(join(site.directory, 'shared'));
  chmodSync(join(site.directory, 'shared'), 0o777);
  await site.open({ directory: join(site.directory, 'shared') });
  expect(site.modes()['shared']).toBe('777');
});

it('a group that is a link is not followed', async () => {
  const site = new SpoolSite();
  mkdirSync(join(site.directory, 'elsewhere'));
  symlinkSync(join(site.directory, 'elsewhere'), site.group);
  const { spool, told } = await site.open();
  expect(told.health).toEqual(['ERR_SPOOL_INVALID']);
  expect(spool.fileCount).toBe(0);
  expect(site.paths()).toEqual(['elsewhere', 'group']);
});

it('the directory itself may be a link', async () => {
  const site = new SpoolSite();
  mkdirSync(join(site.directory, 'real'));
  symlinkSync(join(site.directory, 'real'), join(site.directory, 'link'));
  const { spool } = await site.open({ directory: join(site.directory, 'link') });
  await kept(spool, entriesOf('a'));
  expect(site.spoolPaths().map((path) => path.split('/')[0])).toContain('real');
});

it('no name of a group leads out of the directory, and two names never share a folder', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '.',
      '..',
      '../x',
      '/etc',
      'a/../..',
      '',
      'a\u0000b',
      'firehose-1a2b',
      'set-aside',
    ),
  );
  fc.assert(
    fc.property(names, names, (one, other) => {
      expect(groupName(one)).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u);
      expect(relative('/spool', join('/spool', groupName(one)))).toBe(groupName(one));
      expect(groupName(one) === groupName(other)).toBe(one === other);
    }),
    { numRuns: 1000 },
  );
});

it('a group with a name of any length has a folder', async () => {
  const { spool } = await new SpoolSite().open({ group: '../'.repeat(500) });
  await kept(spool, entriesOf('a'));
  expect(spool.fileCount).toBe(1);
});
