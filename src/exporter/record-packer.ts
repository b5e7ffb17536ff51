import { randomUUID } from 'node:crypto';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { RecordSequence } from '../encode/log-record-encoder.ts';
import type { SlabPlace } from '../pack/byte-slabs.ts';
import type { Target } from '../route/target.ts';
import type { DropReason } from '../send/send-outcome.ts';
import type { RecordPart } from '../spool/spool-entry.ts';
import type { EntryForms } from './entry-forms.ts';
import type { ExportTicket } from './export-ticket.ts';
import { fairMemory } from './fair-memory.ts';
import { heldBytesOf } from './held-bytes.ts';
import type { MemoryBudget } from './memory-budget.ts';
import {
  bytesOf,
  type EncodedPieces,
  type NestedPiece,
  PieceEncoder,
  type PieceEncoderOptions,
} from './piece-encoder.ts';
import type { LostRecords, RecordAccounts } from './record-accounts.ts';
import { type EntryContent, type EntryTimes, type LineSize, RecordEntry } from './record-entry.ts';
import { ownTimeMillis, recordTimeMillis } from './record-time.ts';
import type { Runtime } from './runtime.ts';
import type { TargetLane, TargetLanes } from './target-lanes.ts';
import type { TrackedEntry } from './tracked-entry.ts';

export interface RecordPackerParts extends Pick<EntryForms, 'joinsRecords'> {
  readonly accounts: RecordAccounts;
  readonly lanes: TargetLanes;
  readonly memory: MemoryBudget<Target>;
  /** Takes an entry to the next stage. */
  readonly hand: (lane: TargetLane, entry: TrackedEntry) => void;
  /** Entries go to disk first. */
  readonly hasSpool: boolean;
  /** True while they really do, and do not hold memory for long. */
  readonly isSpooled: () => boolean;
  readonly runtime: Runtime;
  /** Named where a record is lost before its target is known. */
  readonly destinationName: string;
  /** The destination wants each record to carry its number. */
  readonly isNumbered: boolean;
  /** Then a call's ticket hears of a packed record too, when it is delivered or dropped. */
  readonly waitsForDelivery: boolean;
}

/** The call of `export` that a record came with. */
export interface ExportCall {
  /** Hears of a record that is dropped here. */
  readonly ticket: ExportTicket;
  /** Monotonic time of the call. */
  readonly acceptedAtMillis: number;
  /** It was told already that its records are taken over. */
  readonly isAnswered: boolean;
}

export type PackResult = 'packed' | 'dropped' | 'wait';

/** Takes one record from object to packed bytes: route, encode, pack. */
export class RecordPacker {
  readonly #parts: RecordPackerParts;
  readonly #encoder: PieceEncoder;
  #sequence = 0;
  /** Encoded once, and too large for the room that there was. */
  #heldUp: HeldUpRecord | undefined;

  constructor(parts: RecordPackerParts, encoding: Omit<PieceEncoderOptions, 'createId'>) {
    this.#parts = parts;
    this.#encoder = new PieceEncoder({ ...encoding, createId: randomUUID });
  }

  /** The sequence of an entry that is made of others. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /**
   * Packs a record; what cannot be packed is booked as dropped.
   *
   * @param nowMillis Monotonic, and as old as a few records.
   * @returns `wait` when it was not taken because its target must free memory first.
   */
  pack(record: ReadableLogRecord, call: ExportCall, nowMillis: number): PackResult {
    const { destinationName, runtime } = this.#parts;
    try {
      return this.#packAny(record, call, nowMillis);
    } catch (cause) {
      const lost = lostRecord(runtime.wallMillis(), 0, destinationName);
      const error = new Error('The record cannot be read', { cause });
      return this.#drop(lost, { reason: 'invalid', error }, call);
    }
  }

  /** Packs a record of the exporter's own, which is none of those that are counted. False when it cannot go. */
  packOwn(target: Target, record: ReadableLogRecord, ticket: ExportTicket): boolean {
    const nowMillis = this.#parts.runtime.monotonicMillis();
    const lane = this.#parts.lanes.findLive(target);
    if (lane === undefined) return false;
    try {
      const encoded = this.#encoder.encode(record, undefined, lane.limits.maxEntryBytes);
      // Without slabs it lies in none.
      const isWhole = typeof encoded === 'object' && 'pieces' in encoded;
      const [piece, ...more] = isWhole ? encoded.pieces : [];
      if (piece === undefined || more.length > 0) return false;
      const timeMillis = recordTimeMillis(record, this.#parts.runtime.wallMillis());
      const times = { timeMillis, acceptedAtMillis: nowMillis, packedAtMillis: nowMillis };
      const content = { recordCount: 0, tickets: [ticket], splits: undefined };
      this.#add(lane, lane.slabs.store(piece), times, content);
      return true;
    } catch {
      // An encoder of the application threw: the summary goes with a later one.
      return false;
    }
  }

  #packAny(record: ReadableLogRecord, call: ExportCall, nowMillis: number): PackResult {
    const { isNumbered, isSpooled, lanes, memory, runtime } = this.#parts;
    const timeMillis = ownTimeMillis(record) ?? Math.floor(runtime.wallMillis());
    const lane = lanes.find(record, nowMillis);
    const isAlone = isSpooled() || lanes.count === 1;
    const fairness = isAlone ? 'take' : fairMemory(lane, memory, nowMillis, lanes);
    if (fairness === 'wait') return 'wait';
    const heldUp = this.#heldUp?.record === record ? this.#heldUp : undefined;
    if (heldUp !== undefined && !memory.hasRoomFor(heldUp.heldBytes)) return 'wait';
    const sequence = heldUp?.sequence ?? (isNumbered ? lane.counter.next() : undefined);
    this.#heldUp = undefined;
    const { limits, slabs, target } = lane;
    const { maxEntryBytes } = limits;
    const encoded = this.#encoder.encode(record, sequence, maxEntryBytes, slabs, timeMillis);
    if (typeof encoded !== 'number' && 'reason' in encoded) {
      return this.#drop(lostRecord(timeMillis, encoded.bytes, target.key), encoded, call);
    }
    if (fairness === 'refuse' && !call.isAnswered) {
      const error = new Error('The target does not keep up and has its share of the memory');
      const lost = lostRecord(timeMillis, bytesOf(encoded), target.key);
      return this.#drop(lost, { reason: 'buffer_full', error }, call);
    }
    const heldBytes =
      typeof encoded === 'number' ? heldBytesOf(encoded) : heldBytesOfPieces(encoded);
    if (!memory.hasRoomFor(heldBytes)) {
      this.#heldUp = { record, heldBytes, sequence };
      return 'wait';
    }
    const waiting = this.#parts.waitsForDelivery ? call.ticket : undefined;
    const written = writtenIn(encoded);
    if (written !== undefined && this.#joins(lane, written, timeMillis, waiting))
      memory.take(target, heldBytes);
    else {
      const { acceptedAtMillis } = call;
      const times = { timeMillis, acceptedAtMillis, packedAtMillis: nowMillis };
      this.#addEncoded(lane, encoded, times, waiting);
    }
    return 'packed';
  }

  #drop(
    lost: LostRecords,
    { error, reason }: { readonly reason: DropReason; readonly error: Error },
    { ticket }: ExportCall,
  ): PackResult {
    this.#parts.accounts.droppedRecords(lost, reason, error, ticket);
    return 'dropped';
  }

  /** True when the record is now in the entry that came right before it, of the same target. */
  #joins(
    { packer, slabs }: TargetLane,
    written: LineSize,
    timeMillis: number,
    waiting: ExportTicket | undefined,
  ): boolean {
    if (!this.#parts.joinsRecords) return false;
    // Asked of the packer: kept here, it would be held after its delivery, with the call that it came with.
    const growing = packer.lastEntry;
    if (!(growing instanceof RecordEntry)) return false;
    if (!growing.isFollowedByRecord(written, slabs, this.#sequence + 1)) return false;
    if (!packer.extend(growing, written.byteCount, timeMillis)) return false;
    slabs.extend(written.length);
    growing.grow(written, timeMillis, waiting);
    this.nextSequence();
    return true;
  }

  #addEncoded(
    lane: TargetLane,
    encoded: EncodedPieces,
    times: EntryTimes,
    waiting: ExportTicket | undefined,
  ): void {
    const place = placeIn(lane, encoded, times.timeMillis);
    if (!('memory' in place)) this.#addParts(lane, place, times, waiting);
    else this.#add(lane, place, times, waiting === undefined ? ONE_RECORD : oneRecordOf(waiting));
  }

  /** Adds the parts of a record that was split. */
  #addParts(
    lane: TargetLane,
    pieces: readonly Uint8Array[],
    times: EntryTimes,
    waiting: ExportTicket | undefined,
  ): void {
    const lost = lostRecord(times.timeMillis, bytesOf({ pieces }), lane.target.key);
    const splits = [this.#parts.accounts.split(pieces.length, lost, waiting)];
    pieces.forEach((piece, index) => {
      const part = { index, count: pieces.length };
      this.#add(lane, lane.slabs.store(piece), times, { recordCount: 0, splits }, part);
    });
  }

  #add(
    lane: TargetLane,
    place: SlabPlace,
    times: EntryTimes,
    content: EntryContent,
    part?: RecordPart,
  ): void {
    const { hand, hasSpool, memory } = this.#parts;
    const entry = new RecordEntry(place, content, times, this.nextSequence());
    memory.take(lane.target, entry.heldBytes);
    // A spool may copy it by `...`.
    const isLazy = entry.isNested || !hasSpool;
    hand(lane, isLazy ? entry : { ...entry, bytes: entry.bytes, part });
  }
}

interface HeldUpRecord {
  readonly record: ReadableLogRecord;
  readonly heldBytes: number;
  readonly sequence: RecordSequence | undefined;
}

const ONE_RECORD: EntryContent = { recordCount: 1, tickets: undefined, splits: undefined };

function oneRecordOf(ticket: ExportTicket): EntryContent {
  return { recordCount: 1, tickets: [ticket], splits: undefined };
}

/** Where a record lies that is one piece; the pieces of one that was split. */
function placeIn(
  { packer, slabs }: TargetLane,
  encoded: EncodedPieces,
  timeMillis: number,
): SlabPlace | readonly Uint8Array[] {
  const entryBytes = bytesOf(encoded);
  const requestBytes = packer.bytesBefore(entryBytes, timeMillis);
  if (typeof encoded === 'number') {
    const linesBytes = packer.lineBytesBefore(entryBytes, timeMillis);
    return slabs.keep(encoded, encoded, requestBytes, undefined, linesBytes);
  }
  if ('nested' in encoded) {
    const { byteCount, frame, nested } = encoded;
    if (typeof nested !== 'number') return slabs.store(nested, byteCount, requestBytes);
    // So much more than the service counts those of the request will take, if they are like this one.
    const bytesInMemory = requestBytes && Math.ceil((requestBytes * nested) / byteCount);
    return slabs.keep(nested, byteCount, bytesInMemory, frame);
  }
  const { pieces } = encoded;
  const [piece] = pieces;
  if (pieces.length > 1 || piece === undefined) return pieces;
  return slabs.store(piece, piece.length, requestBytes);
}

/** The size of what was written in place, right behind what lay there before. */
function writtenIn(encoded: EncodedPieces): LineSize | undefined {
  if (typeof encoded === 'number') return { length: encoded, byteCount: encoded, frame: undefined };
  return 'nested' in encoded ? nestedSize(encoded) : undefined;
}

function nestedSize({ byteCount, frame, nested }: NestedPiece): LineSize | undefined {
  return typeof nested === 'number' ? { length: nested, byteCount, frame } : undefined;
}

function heldBytesOfPieces(encoded: Exclude<EncodedPieces, number>): number {
  if ('nested' in encoded) {
    return heldBytesOf(typeof encoded.nested === 'number' ? encoded.nested : encoded.nested.length);
  }
  return encoded.pieces.reduce((sum, piece) => sum + heldBytesOf(piece.length), 0);
}

function lostRecord(timeMillis: number, bytes: number, target: string): LostRecords {
  return { count: 1, bytes, firstTimeMillis: timeMillis, lastTimeMillis: timeMillis, target };
}
