import type { SlabPlace } from '../pack/byte-slabs.ts';
import type { Slab } from '../pack/slab.ts';
import { SlabEntry } from '../pack/slab-entry.ts';
import type { ExportTicket } from './export-ticket.ts';
import type { SplitRecord } from './split-record.ts';
import { heldBytesOf, type TrackedEntry } from './tracked-entry.ts';

export type EntryTimes = Pick<TrackedEntry, 'timeMillis' | 'acceptedAtMillis' | 'packedAtMillis'>;
export type EntryContent = Pick<TrackedEntry, 'recordCount' | 'tickets' | 'splits'>;

/** A record, or a part of one, that was just encoded. A class, as there is one for each record. */
export class RecordEntry extends SlabEntry implements TrackedEntry {
  readonly recordCount: number;
  readonly timeMillis: number;
  readonly lastTimeMillis: number;
  readonly acceptedAtMillis: number;
  readonly packedAtMillis: number;
  readonly sequence: number;
  readonly heldBytes: number;
  readonly tickets: readonly ExportTicket[] | undefined;
  readonly splits: readonly SplitRecord[] | undefined;
  readonly slab: Slab | undefined;

  constructor(place: SlabPlace, content: EntryContent, times: EntryTimes, sequence: number) {
    super(place);
    this.recordCount = content.recordCount;
    this.timeMillis = times.timeMillis;
    this.lastTimeMillis = times.timeMillis;
    this.acceptedAtMillis = times.acceptedAtMillis;
    this.packedAtMillis = times.packedAtMillis;
    this.sequence = sequence;
    this.heldBytes = heldBytesOf(place.length);
    this.tickets = content.tickets;
    this.splits = content.splits;
    this.slab = place.slab;
  }
}
