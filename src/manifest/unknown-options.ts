import { closestText } from '../closest-text.ts';
import type { OptionRow } from './option-table.ts';

export type OptionRows = Readonly<Record<string, OptionRow<unknown>>>;

export interface UnknownOption {
  /** With the option that it is a member of, as in `spool.directory`. */
  readonly path: string;
  /** The path that was probably meant. */
  readonly closest: string | undefined;
}

/** The options, and members of options, that have no row in the table. */
export function unknownOptions(options: object, table: OptionRows, prefix = ''): UnknownOption[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const row = Object.hasOwn(table, name) ? table[name] : undefined;
    if (row === undefined) return [withClosest(name, table, prefix)];
    const isGroup = 'members' in row && typeof value === 'object' && value !== null;
    return isGroup ? unknownOptions(value, row.members, `${prefix}${name}.`) : [];
  });
}

function withClosest(name: string, table: OptionRows, prefix: string): UnknownOption {
  const closest = closestText(name, Object.keys(table));
  return { path: `${prefix}${name}`, closest: closest && `${prefix}${closest}` };
}
