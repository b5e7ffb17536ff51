import { randomUUID } from 'node:crypto';
import type { LogRecordEncoder, RecordWriter } from '../encode/log-record-encoder.ts';
import { refitBytes } from '../encode/refit-bytes.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import { RequestPacker } from '../pack/request-packer.ts';
import type { Target } from '../route/target.ts';
import type { OversizedEntries } from '../send/partition-outcome.ts';
import { heldBytesOf } from './held-bytes.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { RecordAccounts } from './record-accounts.ts';
import { type RecordFate, SplitRecord } from './split-record.ts';
import { combineEntries, linesOf, type TrackedEntry } from './tracked-entry.ts';

export interface EntryRefitterParts {
  readonly accounts: RecordAccounts;
  readonly memory: MemoryBudget<Target>;
  /** Makes later records of the target fit too; answers the limits that it has now. */
  readonly lowerEntryLimit: (target: Target, maxEntryBytes: number) => PackLimits;
  readonly encoder: LogRecordEncoder | RecordWriter;
  readonly delimiter: string;
  readonly oversize: 'truncate' | 'split' | 'drop';
  readonly nextSequence: () => number;
}

/** Makes entries fit a target that takes less than was known when they were packed. */
export class EntryRefitter {
  readonly #parts: EntryRefitterParts;
  readonly #delimiter: Uint8Array;

  constructor(parts: EntryRefitterParts) {
    this.#parts = parts;
    this.#delimiter = parts.encoder.isText ? Buffer.from(parts.delimiter) : Buffer.alloc(0);
  }

  /**
   * Entries that fit in place of one that is on disk since before its target said how much it takes. They are packed as
   * it would be, so that they come neither before nor behind its neighbours.
   */
  fit(target: Target, entry: TrackedEntry, maxEntryBytes: number): TrackedEntry[] {
    const error = new RangeError(`The target takes at most ${maxEntryBytes} bytes`);
    return linesOf(entry).flatMap((line) => this.#fitOrDrop(target, line, maxEntryBytes, error));
  }

  /** The same records in entries that fit, as requests; what cannot fit is booked as dropped. */
  repack(target: Target, oversized: OversizedEntries<TrackedEntry>): TrackedEntry[][] {
    const { entries, error, maxEntryBytes } = oversized;
    const { accounts, lowerEntryLimit } = this.#parts;
    const limits = lowerEntryLimit(target, maxEntryBytes);
    const packer = new RequestPacker(limits, (lines: readonly TrackedEntry[]) =>
      combineEntries(lines),
    );
    const requests: TrackedEntry[][] = [];
    const keep = (request: TrackedEntry[] | undefined): void => {
      if (request !== undefined) requests.push(request);
    };
    for (const entry of entries) {
      // Refused although it is no larger than that: to send it again would never end.
      const isHopeless = entry.bytes.length <= maxEntryBytes;
      if (isHopeless) accounts.dropped(target, [entry], 'too_large', error);
      for (const line of isHopeless ? [] : linesOf(entry)) {
        const smaller = this.#fitOrDrop(target, line, limits.maxEntryBytes, error);
        for (const piece of smaller) keep(packer.add(piece));
      }
    }
    keep(packer.takeOldest());
    return requests;
  }

  #fitOrDrop(target: Target, line: TrackedEntry, maxBytes: number, error: Error): TrackedEntry[] {
    const smaller = this.#fit(target, line, maxBytes);
    if (smaller === undefined) this.#parts.accounts.dropped(target, [line], 'too_large', error);
    return smaller ?? [];
  }

  #fit(target: Target, line: TrackedEntry, maxBytes: number): TrackedEntry[] | undefined {
    if (line.bytes.length <= maxBytes) return [line];
    const { accounts, encoder, memory, oversize } = this.#parts;
    if (oversize === 'drop') return undefined;
    const delimiter = this.#delimiter;
    const content = line.bytes.subarray(0, line.bytes.length - delimiter.length);
    const contents = refitBytes(content, encoder, {
      maxBytes: maxBytes - delimiter.length,
      mode: oversize,
      createId: randomUUID,
    });
    if (contents === undefined) return undefined;
    const pieces = contents.map((bytes) => Buffer.concat([bytes, delimiter]));
    memory.release(target, line.heldBytes);
    for (const piece of pieces) memory.take(target, heldBytesOf(piece.length));
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined) {
      return [{ ...line, bytes: only, heldBytes: heldBytesOf(only.length), slab: undefined }];
    }
    // What it stands for, a record or a part of one, is decided when all its pieces are.
    const decided = (fate: RecordFate): void => accounts.decidedInPieces(target, line, fate);
    const splits = [new SplitRecord(pieces.length, { decided })];
    const { slab: _slab, stored: _stored, tickets: _tickets, ...rest } = line;
    return pieces.map((bytes) => ({
      ...rest,
      bytes,
      recordCount: 0,
      sequence: this.#parts.nextSequence(),
      heldBytes: heldBytesOf(bytes.length),
      splits,
    }));
  }
}
