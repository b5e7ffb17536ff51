/** All that accounting needs of a file, also when its content is destroyed. */
export interface FileFacts {
  readonly createdAtMillis: number;
  /** Tells apart what was stored in the same millisecond, and gives it an order. */
  readonly sequence: number;
  readonly recordCount: number;
  readonly byteSize: number;
  readonly firstTimeMillis: number;
  readonly lastTimeMillis: number;
  readonly targetId: string;
}

/** No request is so large; a name that says so is not ours. */
export const MAX_FILE_BYTES: number = 256 * 1024 * 1024;

const PATTERN =
  /^(\d{16})-(\d{10})-(\d{1,15})-(\d{1,9})-(\d{1,16})-(\d{1,16})-([0-9a-f]{16})\.spool$/u;

/** Names sort as the files came. */
export function formatFileName(facts: FileFacts): string {
  const created = String(facts.createdAtMillis).padStart(16, '0');
  const sequence = String(facts.sequence).padStart(10, '0');
  const times = `${facts.firstTimeMillis}-${facts.lastTimeMillis}`;
  return `${created}-${sequence}-${facts.recordCount}-${facts.byteSize}-${times}-${facts.targetId}.spool`;
}

/** Undefined when the name is not one of ours. */
export function parseFileName(name: string): FileFacts | undefined {
  const [, created, sequence, recordCount, byteSize, firstTime, lastTime, targetId] =
    PATTERN.exec(name) ?? [];
  if (targetId === undefined) return undefined;
  const facts: FileFacts = {
    createdAtMillis: Number(created),
    sequence: Number(sequence),
    recordCount: Number(recordCount),
    byteSize: Number(byteSize),
    firstTimeMillis: Number(firstTime),
    lastTimeMillis: Number(lastTime),
    targetId,
  };
  return facts.byteSize <= MAX_FILE_BYTES && Object.values(facts).every(isExact)
    ? facts
    : undefined;
}

function isExact(value: number | string): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/** A time that a name can hold: whole, not negative. */
export function nameableMillis(timeMillis: number): number {
  if (!(timeMillis > 0)) return 0;
  return Math.min(Math.trunc(timeMillis), 9_000_000_000_000_000);
}

export function journalName(fileName: string): string {
  return fileName.replace(/\.spool$/u, '.done');
}

export function isJournalName(name: string): boolean {
  return name.endsWith('.done') && parseFileName(spoolName(name)) !== undefined;
}

export function spoolName(nameOfJournal: string): string {
  return nameOfJournal.replace(/\.done$/u, '.spool');
}

export function temporaryName(fileName: string): string {
  return `${fileName}.tmp`;
}

export function isTemporaryName(name: string): boolean {
  return name.endsWith('.tmp') && parseFileName(name.slice(0, -'.tmp'.length)) !== undefined;
}
