import { crc32 } from 'node:zlib';

/** What a journal says of its file. */
export interface Journal {
  /** Entries that need not be sent again. */
  readonly indexes: ReadonlySet<number>;
  /** Log records inside these. */
  readonly recordCount: number;
}

/**
 * A line for entries that are decided: their indexes, their records and a checksum.
 *
 * It begins with a line's end, so that one that was torn off before it by a crash spoils nothing but itself.
 */
export function journalLine(
  fileName: string,
  indexes: readonly number[],
  recordCount: number,
): string {
  const text = `${indexes.join(',')} ${recordCount}`;
  return `\n${text} ${checksum(fileName, text)}\n`;
}

/** Lines that are damaged or of another file are left out: their entries are sent once more. */
export function readJournal(fileName: string, text: string): Journal {
  const indexes = new Set<number>();
  let recordCount = 0;
  for (const line of text.split('\n')) {
    const [list = '', count = '', sum] = line.split(' ');
    if (sum === undefined || sum !== checksum(fileName, `${list} ${count}`)) continue;
    const known = indexes.size;
    for (const index of list.split(',')) indexes.add(Number(index));
    // The same line twice, after an error that was none, counts once.
    if (indexes.size > known) recordCount += Number(count);
  }
  return { indexes, recordCount };
}

/** Made of the file's name too, so that a journal never speaks for another file. */
function checksum(fileName: string, text: string): string {
  return crc32(`${fileName} ${text}`).toString(16).padStart(8, '0');
}
