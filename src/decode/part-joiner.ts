import { DecodeError } from './decode-error.ts';
import { maxHeldBytes } from './decode-options.ts';
import type { DecodedLogRecord } from './decoded-log-record.ts';
import { joinParts } from './join-parts.ts';

/** What a part takes in memory beside its own bytes: its objects, its places in two maps. */
const PART_OVERHEAD_BYTES = 1_024;

interface PendingRecord {
  readonly position: number;
  readonly count: number;
  readonly parts: Map<number, DecodedLogRecord>;
  bytes: number;
}

export interface Joined {
  readonly records: DecodedLogRecord[];
  readonly error?: DecodeError;
}

/**
 * Brings the parts of split records together, in whatever order they come.
 *
 * Parts whose siblings never come are given back as they are, with an error that says what is missing. Of
 * the many that may wait, those that have waited longest are given up when memory runs short.
 */
export class PartJoiner {
  readonly #pending = new Map<string, PendingRecord>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** `bytes` is about what the fields of the record hold in memory. */
  add(record: DecodedLogRecord, position: number, bytes: number): Joined[] {
    const { part } = record;
    if (part === undefined) return [{ records: [record] }];
    const key = `${part.count} ${part.id}`;
    const pending = this.#pending.get(key) ?? {
      position,
      count: part.count,
      parts: new Map<number, DecodedLogRecord>(),
      bytes: 0,
    };
    this.#pending.set(key, pending);
    // The same part twice: at-least-once delivery.
    if (!pending.parts.has(part.index)) {
      pending.parts.set(part.index, record);
      pending.bytes += bytes + PART_OVERHEAD_BYTES;
      this.#bytes += bytes + PART_OVERHEAD_BYTES;
    }
    if (pending.parts.size === pending.count) return [this.#complete(key, pending)];
    return this.#giveUpOldest();
  }

  end(): Joined[] {
    return [...this.#pending].map(([key, pending]) => this.#giveUp(key, pending));
  }

  #complete(key: string, pending: PendingRecord): Joined {
    this.#remove(key, pending);
    const parts = inOrder(pending);
    try {
      return { records: [joinParts(parts, maxHeldBytes(this.#maxBytes))] };
    } catch (cause) {
      const message = 'Parts that do not join to JSON text';
      return { records: parts, error: new DecodeError(message, pending.position, { cause }) };
    }
  }

  #giveUpOldest(): Joined[] {
    const givenUp: Joined[] = [];
    for (const [key, pending] of this.#pending) {
      if (this.#bytes <= this.#maxBytes) break;
      givenUp.push(this.#giveUp(key, pending));
    }
    return givenUp;
  }

  #giveUp(key: string, pending: PendingRecord): Joined {
    this.#remove(key, pending);
    const missing = pending.count - pending.parts.size;
    const message = `A split record of which ${missing} of ${pending.count} parts are missing`;
    return { records: inOrder(pending), error: new DecodeError(message, pending.position) };
  }

  #remove(key: string, pending: PendingRecord): void {
    this.#pending.delete(key);
    this.#bytes -= pending.bytes;
  }
}

function inOrder(pending: PendingRecord): DecodedLogRecord[] {
  return [...pending.parts].sort(([one], [other]) => one - other).map(([, record]) => record);
}
