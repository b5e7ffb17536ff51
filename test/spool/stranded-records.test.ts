import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entriesOf, kept, SpoolSite, stored } from './support/spool-site.ts';

describe('records of dead owners in the folder of another group', () => {
  const related = (name: string): boolean => name.startsWith('other');

  async function deadIn(
    site: SpoolSite,
    group: string,
    ...texts: readonly string[]
  ): Promise<void> {
    const { disk, spool } = await site.open({ group });
    for (const text of texts) await stored(spool, entriesOf(text, `${text} too`));
    await disk.die();
  }

  it('are told when it is a related one, and left where they are', async () => {
    const site = new SpoolSite();
    await deadIn(site, 'other-1', 'a', 'b');
    await deadIn(site, 'other-1', 'c');
    await deadIn(site, 'unlike', 'd');
    const { spool, told } = await site.open({ isRelated: related });
    await spool.close();
    const path = join(site.directory, 'other-1');
    expect(told.strandedRecords).toEqual([{ path, recordCount: 6 }]);
    expect(told.health).toEqual([]);
    const heir = await site.open({ group: 'other-1' });
    expect(heir.spool.recordCount).toBe(6);
  });

  it('are told two seconds after the spool was opened, and once', async () => {
    const site = new SpoolSite();
    await deadIn(site, 'other-1', 'a');
    const { spool, told } = await site.open({ isRelated: related });
    await site.runtime.advance(1999);
    expect(told.strandedRecords).toEqual([]);
    await site.runtime.advance(1);
    await expect.poll(() => told.strandedRecords.length).toBe(1);
    await spool.close();
    expect(told.strandedRecords).toHaveLength(1);
  });

  it('are not told where another owner of the group lives, who will take them over', async () => {
    const site = new SpoolSite();
    const living = await site.open({ group: 'other-1' });
    await kept(living.spool, entriesOf('a'));
    await deadIn(site, 'other-1', 'b');
    const { spool, told } = await site.open({ isRelated: related });
    await spool.close();
    expect(told.strandedRecords).toEqual([]);
  });

  it('are not told while their owner lives, nor of the own group', async () => {
    const site = new SpoolSite();
    const living = await site.open({ group: 'other-1' });
    await kept(living.spool, entriesOf('a'));
    await deadIn(site, 'other-2', 'b');
    const { spool, told } = await site.open({ group: 'other-2', isRelated: related });
    await spool.close();
    expect(told.strandedRecords).toEqual([]);
  });

  it('do no harm when they cannot be looked at', async () => {
    const site = new SpoolSite();
    writeFileSync(join(site.directory, 'other-file'), '');
    mkdirSync(join(site.directory, 'other-empty', 'no-lock'), { recursive: true });
    symlinkSync('/proc', join(site.directory, 'other-link'));
    await deadIn(site, 'other-1', 'a');
    const { spool, told } = await site.open({ isRelated: related });
    await spool.close();
    const path = join(site.directory, 'other-1');
    expect(told).toMatchObject({ strandedRecords: [{ path, recordCount: 2 }], health: [] });
  });
});
