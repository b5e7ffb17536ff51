import type { SlabPlace } from '../pack/byte-slabs.ts';
import type { Slab } from '../pack/slab.ts';
import { SlabEntry } from '../pack/slab-entry.ts';
import type { ExportTicket } from './export-ticket.ts';
import type { SplitRecord } from './split-record.ts';
import type { EntryPart, TrackedEntry } from './tracked-entry.ts';

/** Several entries that became one. */
export class LinesEntry extends SlabEntry implements TrackedEntry {
  readonly recordCount: number;
  readonly timeMillis: number;
  readonly lastTimeMillis: number;
  readonly restampedMillis: number | undefined;
  readonly acceptedAtMillis: number;
  readonly packedAtMillis: number;
  readonly sequence: number;
  readonly heldBytes: number;
  readonly tickets: readonly ExportTicket[] | undefined;
  readonly splits: readonly SplitRecord[] | undefined;
  readonly slab: Slab | undefined;
  readonly parts: readonly EntryPart[];

  constructor(
    place: SlabPlace,
    parts: readonly EntryPart[],
    fields: Omit<TrackedEntry, 'bytes' | 'nested' | 'part' | 'parts' | 'slab'>,
  ) {
    super(place);
    this.recordCount = fields.recordCount;
    this.timeMillis = fields.timeMillis;
    this.lastTimeMillis = fields.lastTimeMillis;
    this.restampedMillis = fields.restampedMillis;
    this.acceptedAtMillis = fields.acceptedAtMillis;
    this.packedAtMillis = fields.packedAtMillis;
    this.sequence = fields.sequence;
    this.heldBytes = fields.heldBytes;
    this.tickets = fields.tickets;
    this.splits = fields.splits;
    this.slab = place.slab;
    this.parts = parts;
  }

  /** Lines have no frames. */
  protected override get partLengths(): undefined {
    return undefined;
  }
}
