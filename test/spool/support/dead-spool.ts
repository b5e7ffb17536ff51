import { readdirSync } from 'node:fs';
import { entriesOf, type SpoolSite, stored } from './spool-site.ts';

/** A spool that stored these batches and died. */
export async function deadSpool(site: SpoolSite, ...texts: readonly string[]): Promise<void> {
  const { disk, spool } = await site.open();
  for (const text of texts) await stored(spool, entriesOf(text));
  await disk.die();
}

/** The folders of owners, living or dead. */
export function foldersIn(site: SpoolSite): string[] {
  return readdirSync(site.group).filter((name) => name !== 'set-aside');
}
