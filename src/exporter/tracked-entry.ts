import type { Slab } from '../pack/slab.ts';
import { byteCountOf } from '../pack/slab-entry.ts';
import type { QueuedEntry } from '../send/outbound-request.ts';
import type { RecordPart } from '../spool/spool-entry.ts';
import type { ExportTicket } from './export-ticket.ts';
import { joinLines } from './join-lines.ts';
import { LinesEntry } from './lines-entry.ts';
import type { StoredPlace } from './loaded-file.ts';
import { RecordRun } from './record-run.ts';
import type { ReusedMemory } from './reused-memory.ts';
import type { SplitRecord } from './split-record.ts';

/** An entry with all that is needed to say what became of its records. */
export interface TrackedEntry extends QueuedEntry {
  /** Time of the youngest record inside. */
  readonly lastTimeMillis: number;
  /** What it takes of the memory budget. */
  readonly heldBytes: number;
  /** One a record, when the callback waits for delivery. */
  readonly tickets?: readonly ExportTicket[] | undefined;
  /** Records of which this entry holds a part. They are not in `recordCount`. */
  readonly splits?: readonly SplitRecord[] | undefined;
  /** Which part of a record it is, on its way to the disk. */
  readonly part?: RecordPart | undefined;
  /** Its place on disk, once it has one. */
  readonly stored?: StoredPlace | undefined;
  /** Where its bytes lie, if that memory is used again once it says so; in one entry only. */
  readonly slab?: Slab | undefined;
  /** What it was made of, in the order of its bytes, when that is more than one. */
  readonly parts?: readonly EntryPart[] | undefined;
}

/** One of several entries that became one; its bytes are in that one's. */
export type EntryLine = Omit<TrackedEntry, 'bytes' | 'nested' | 'part' | 'parts' | 'slab'> & {
  readonly byteCount: number;
};

/** One of them, or several that never were on their own: none of these is on disk. */
export type EntryPart = EntryLine | RecordRun;

/**
 * One entry of several lines, in their order.
 *
 * @param buffers Where memory comes from that is used again. Default: fresh memory.
 */
export function combineEntries(
  lines: readonly TrackedEntry[],
  buffers?: ReusedMemory,
): TrackedEntry {
  const [first] = lines;
  if (first === undefined) throw new RangeError('There is no entry of no lines');
  if (lines.length === 1) return first;
  const tickets: ExportTicket[] = [];
  const splits: SplitRecord[] = [];
  let { timeMillis } = first;
  let recordCount = 0;
  let lastTimeMillis = 0;
  let heldBytes = 0;
  for (const line of lines) {
    if (line.tickets !== undefined) tickets.push(...line.tickets);
    if (line.splits !== undefined) splits.push(...line.splits);
    timeMillis = Math.min(timeMillis, line.timeMillis);
    lastTimeMillis = Math.max(lastTimeMillis, line.lastTimeMillis);
    recordCount += line.recordCount;
    heldBytes += line.heldBytes;
  }
  const joined = new LinesEntry(joinLines(lines, buffers), lines.flatMap(partsOf), {
    ...first,
    recordCount,
    timeMillis,
    lastTimeMillis,
    heldBytes,
    tickets: tickets.length > 0 ? tickets : undefined,
    splits: splits.length > 0 ? splits : undefined,
  });
  // A spool may copy it by `...`.
  return joined.isNested ? joined : { ...joined, bytes: joined.bytes };
}

function partsOf(entry: TrackedEntry): readonly EntryPart[] {
  return entry.parts ?? [lineOf(entry)];
}

/** Written out, as there is one for each record: a copy by `...` takes ten times as long. */
function lineOf(entry: TrackedEntry): EntryLine {
  return {
    byteCount: byteCountOf(entry),
    recordCount: entry.recordCount,
    timeMillis: entry.timeMillis,
    restampedMillis: entry.restampedMillis,
    sequence: entry.sequence,
    acceptedAtMillis: entry.acceptedAtMillis,
    packedAtMillis: entry.packedAtMillis,
    lastTimeMillis: entry.lastTimeMillis,
    heldBytes: entry.heldBytes,
    tickets: entry.tickets,
    splits: entry.splits,
    stored: entry.stored,
  } satisfies Record<keyof EntryLine, unknown>;
}

/** The entries of which an entry was made; itself when it was not. */
export function linesOf(entry: TrackedEntry): readonly TrackedEntry[] {
  if (entry.parts === undefined) return [entry];
  // Asked for once: the bytes of one that lies nested are made anew each time.
  const { bytes } = entry;
  let position = 0;
  const lines = entry.parts.flatMap((part) => (part instanceof RecordRun ? part.toLines() : part));
  return lines.map(({ byteCount, ...line }) => {
    const start = position;
    position += byteCount;
    return { ...line, bytes: bytes.subarray(start, position) };
  });
}

/** What of an entry is not on disk. */
export function unstoredLinesOf(entry: TrackedEntry): readonly TrackedEntry[] {
  if (entry.parts === undefined) return entry.stored === undefined ? [entry] : [];
  return linesOf(entry).filter((line) => line.stored === undefined);
}

export function isOnDisk(entry: TrackedEntry): boolean {
  return unstoredLinesOf(entry).length === 0;
}
