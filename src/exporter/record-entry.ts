import type { SlabPlace } from '../pack/byte-slabs.ts';
import type { Slab } from '../pack/slab.ts';
import { SlabEntry } from '../pack/slab-entry.ts';
import type { ExportTicket } from './export-ticket.ts';
import { heldBytesOf } from './held-bytes.ts';
import { RecordRun } from './record-run.ts';
import type { SplitRecord } from './split-record.ts';
import type { TrackedEntry } from './tracked-entry.ts';

export type EntryTimes = Pick<TrackedEntry, 'timeMillis' | 'acceptedAtMillis' | 'packedAtMillis'>;
export type EntryContent = Pick<TrackedEntry, 'recordCount' | 'tickets' | 'splits'>;

/** What a record takes of the memory: more than its bytes with a frame, or where it lies nested. */
export type LineSize = Pick<SlabPlace, 'byteCount' | 'frame' | 'length'>;

/**
 * A record, or a part of one, that was just encoded; it takes in those that come right behind it. A class, as there
 * may be one for each record.
 */
export class RecordEntry extends SlabEntry implements TrackedEntry {
  recordCount: number;
  timeMillis: number;
  lastTimeMillis: number;
  readonly acceptedAtMillis: number;
  readonly packedAtMillis: number;
  readonly sequence: number;
  heldBytes: number;
  readonly tickets: ExportTicket[] | undefined;
  readonly splits: readonly SplitRecord[] | undefined;
  readonly slab: Slab | undefined;
  parts: readonly [RecordRun] | undefined;
  /** They are one entry of the service. */
  #isOne = false;

  constructor(place: SlabPlace, content: EntryContent, times: EntryTimes, sequence: number) {
    super(place);
    this.recordCount = content.recordCount;
    this.timeMillis = times.timeMillis;
    this.lastTimeMillis = times.timeMillis;
    this.acceptedAtMillis = times.acceptedAtMillis;
    this.packedAtMillis = times.packedAtMillis;
    this.sequence = sequence;
    this.heldBytes = heldBytesOf(place.length);
    // Its own: those of the records that it takes in come to it.
    this.tickets = content.tickets === undefined ? undefined : [...content.tickets];
    this.splits = content.splits;
    this.slab = place.slab;
    this.parts = undefined;
  }

  /** As how many entries the service gets it. */
  get entryCount(): number {
    return this.parts === undefined || this.#isOne ? 1 : this.recordCount;
  }

  protected override get partLengths(): readonly number[] | undefined {
    return this.parts?.[0].lengths;
  }

  /** From then on what it has taken in is one with it, also for the service. */
  becomeOne(): void {
    this.#isOne = true;
  }

  /**
   * True when the record of that sequence, which lies there, may become a part of it. Parts of a split record and what
   * is the exporter's own are no record by themselves: none is the next one to them.
   */
  isFollowedByRecord(
    { length, byteCount, frame }: LineSize,
    place: { readonly memory: Buffer; readonly used: number },
    sequence: number,
  ): boolean {
    return (
      this.frame === frame &&
      // A record that was cut lies there plain, and is read in another way than nested ones.
      this.isNested === (byteCount !== length - (frame?.length ?? 0)) &&
      this.sequence + this.recordCount === sequence &&
      this.isFollowedBy(place.memory, place.used)
    );
  }

  /** Takes it in. */
  grow(
    { byteCount, length }: Omit<LineSize, 'frame'>,
    timeMillis: number,
    ticket?: ExportTicket,
  ): void {
    this.parts ??= [this.#startRun()];
    this.parts[0].add(length, byteCount, timeMillis);
    if (ticket !== undefined) this.tickets?.push(ticket);
    this.extend(length, byteCount);
    this.recordCount += 1;
    this.heldBytes += heldBytesOf(length);
    if (timeMillis < this.timeMillis) this.timeMillis = timeMillis;
    else if (timeMillis > this.lastTimeMillis) this.lastTimeMillis = timeMillis;
  }

  #startRun(): RecordRun {
    const run = new RecordRun({
      acceptedAtMillis: this.acceptedAtMillis,
      packedAtMillis: this.packedAtMillis,
      sequence: this.sequence,
      tickets: this.tickets,
      timeMillis: this.timeMillis,
    });
    run.add(this.length, this.byteCount, this.timeMillis);
    return run;
  }
}
