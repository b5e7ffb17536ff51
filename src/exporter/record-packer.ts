import { randomUUID } from 'node:crypto';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Target } from '../route/target.ts';
import type { RequestScheduler } from '../send/request-scheduler.ts';
import type { ExportTicket } from './export-ticket.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { PieceEncoder, type PieceEncoderOptions } from './piece-encoder.ts';
import type { LostRecords, RecordAccounts } from './record-accounts.ts';
import { recordTimeMillis } from './record-time.ts';
import type { Runtime } from './runtime.ts';
import { type RecordFate, SplitRecord } from './split-record.ts';
import type { TargetLane, TargetLanes } from './target-lanes.ts';
import { heldBytesOf, type TrackedEntry } from './tracked-entry.ts';

export interface RecordPackerParts {
  readonly accounts: RecordAccounts;
  readonly lanes: TargetLanes;
  readonly memory: MemoryBudget<Target>;
  readonly scheduler: RequestScheduler<TrackedEntry, Target>;
  readonly runtime: Runtime;
  /** Named where a record is lost before its target is known. */
  readonly destinationName: string;
  /** The destination wants each record to carry its number. */
  readonly isNumbered: boolean;
}

/** Takes one record from object to packed bytes: route, encode, pack. */
export class RecordPacker {
  readonly #parts: RecordPackerParts;
  readonly #encoder: PieceEncoder;
  #sequence = 0;

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
   * @param ticket Hears of the record now when it is dropped here.
   * @param waitsForDelivery Then the ticket hears of a packed record when it is delivered or dropped.
   * @returns True when the record was packed.
   */
  pack(record: ReadableLogRecord, ticket: ExportTicket, waitsForDelivery: boolean): boolean {
    const { accounts, lanes, memory, runtime } = this.#parts;
    const nowMillis = runtime.monotonicMillis();
    const timeMillis = recordTimeMillis(record, runtime.wallMillis());
    const lose = (bytes: number, target: string): LostRecords => ({
      count: 1,
      bytes,
      firstTimeMillis: timeMillis,
      lastTimeMillis: timeMillis,
      target,
    });
    let lane: TargetLane;
    try {
      lane = lanes.find(record, nowMillis);
    } catch (cause) {
      const error = new Error('The record has no target', { cause });
      accounts.droppedRecords(lose(0, this.#parts.destinationName), 'invalid', error, ticket);
      return false;
    }
    const sequence = this.#parts.isNumbered ? lane.counter.next() : undefined;
    const encoded = this.#encoder.encode(record, sequence, lane.limits.maxEntryBytes);
    if (!('pieces' in encoded)) {
      accounts.droppedRecords(
        lose(encoded.bytes, lane.target.key),
        encoded.reason,
        encoded.error,
        ticket,
      );
      return false;
    }
    // One target that does not answer must leave room for the records of the others.
    if (lanes.count > 1 && memory.isOverShare(lane.target) && !lane.lane.isResponsive(nowMillis)) {
      const bytes = encoded.pieces.reduce((sum, piece) => sum + piece.length, 0);
      const error = new Error('The target does not keep up and has its share of the memory');
      accounts.droppedRecords(lose(bytes, lane.target.key), 'buffer_full', error, ticket);
      return false;
    }
    const waiting = waitsForDelivery ? ticket : undefined;
    const [piece] = encoded.pieces;
    if (encoded.pieces.length === 1 && piece !== undefined) {
      const tickets = waiting === undefined ? undefined : [waiting];
      this.#add(lane, piece, {
        timeMillis,
        acceptedAtMillis: nowMillis,
        recordCount: 1,
        ...(tickets === undefined ? {} : { tickets }),
      });
      return true;
    }
    const bytes = encoded.pieces.reduce((sum, part) => sum + part.length, 0);
    const decide = (fate: RecordFate): void => {
      if (fate.status === 'delivered') {
        accounts.deliveredRecords(1);
        waiting?.succeed(1);
      } else
        accounts.droppedRecords(lose(bytes, lane.target.key), fate.reason, fate.error, waiting);
    };
    const splits = [new SplitRecord(encoded.pieces.length, decide)];
    for (const part of encoded.pieces) {
      this.#add(lane, part, { timeMillis, acceptedAtMillis: nowMillis, recordCount: 0, splits });
    }
    return true;
  }

  #add(
    lane: TargetLane,
    piece: Uint8Array,
    content: Pick<
      TrackedEntry,
      'timeMillis' | 'acceptedAtMillis' | 'recordCount' | 'tickets' | 'splits'
    >,
  ): void {
    const { memory, scheduler } = this.#parts;
    const heldBytes = heldBytesOf(piece.length);
    memory.take(lane.target, heldBytes);
    const closed = lane.packer.add({
      ...content,
      bytes: lane.slabs.store(piece),
      sequence: this.nextSequence(),
      lastTimeMillis: content.timeMillis,
      heldBytes,
    });
    if (closed !== undefined) scheduler.enqueue(lane.lane, closed);
  }
}
