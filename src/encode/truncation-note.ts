import type { EncodingNote } from './log-record-encoder.ts';

const MAX_NAMES = 32;
const MAX_NAME_CHARACTERS = 96;

/**
 * The note that these fields were cut. It lives on the record's own budget, so its list is bounded: names
 * take at most an eighth of `maxBytes`, the rest is a number.
 */
export function truncationNote(
  paths: readonly string[],
  originalBytes: number,
  maxBytes: number,
): EncodingNote {
  const fields: string[] = [];
  let room = maxBytes / 8;
  for (const path of paths) {
    const name = shortName(path);
    room -= name.length + 3;
    if (fields.length >= MAX_NAMES || (room < 0 && fields.length > 0)) break;
    fields.push(name);
  }
  const more = paths.length - fields.length;
  if (more > 0) fields.push(`+${more} more`);
  return { truncated: { fields, originalBytes } };
}

function shortName(path: string): string {
  return path.length <= MAX_NAME_CHARACTERS
    ? path
    : `${path.slice(0, MAX_NAME_CHARACTERS).toWellFormed()}…`;
}
