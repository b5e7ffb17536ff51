import { createHash } from 'node:crypto';
import type { SpoolSettings } from '../spool/spool-settings.ts';
import type { Destination } from './destination.ts';

/**
 * The folder that an exporter shares with those that may send its files in its place: the same destination,
 * encoding and scope. Related are those of the same destination.
 */
export function spoolGroup(
  { name, spoolScope = '' }: Destination,
  encoding: string,
): Pick<SpoolSettings, 'group' | 'isRelated'> {
  const likeness = JSON.stringify([encoding, spoolScope]);
  const mark = createHash('sha256').update(likeness).digest('hex').slice(0, 12);
  return {
    group: `${name}-${mark}`,
    isRelated: (folderName) =>
      folderName.startsWith(`${name}-`) &&
      /^[0-9a-f]{12}$/u.test(folderName.slice(name.length + 1)),
  };
}
