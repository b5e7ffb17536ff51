import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { codeOf } from '../code-of.ts';
import { journalName } from './file-name.ts';
import { safeText } from './group-name.ts';
import { makePrivateFolder } from './make-group-folder.ts';
import type { OwnerFolder } from './owner-folder.ts';
import type { SpoolParts } from './spool-parts.ts';

const SET_ASIDE_NAME = 'set-aside';
const MAX_NAME_LENGTH = 150;

/**
 * Moves what cannot be read out of the way, as it is: into one folder for the whole group, so that the folder of
 * its owner can go.
 *
 * @throws The system's error when it cannot be moved.
 */
export async function setAside(
  { events, fileSystem, groupPath }: SpoolParts,
  folder: OwnerFolder,
  name: string,
  why: string,
): Promise<void> {
  const shelf = join(groupPath, SET_ASIDE_NAME);
  await makePrivateFolder(fileSystem, shelf);
  // Nothing that was set aside before may be overwritten.
  const mark = `${basename(folder.path)}-${randomBytes(4).toString('hex')}`;
  const pathFor = (part: string): string =>
    join(shelf, `${mark}-${safeText(part).slice(0, MAX_NAME_LENGTH)}`);
  try {
    await fileSystem.rename(folder.pathOf(name), pathFor(name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  events.setAside({ path: pathFor(name), why });
  const journal = journalName(name);
  if (journal === name) return;
  // It says which entries were sent; mostly there is none.
  await fileSystem.rename(folder.pathOf(journal), pathFor(journal)).catch(() => {});
}
