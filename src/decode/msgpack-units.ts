import { DecodeError } from './decode-error.ts';
import { maxHeldBytes } from './decode-options.ts';
import { INCOMPLETE_MSGPACK, MsgpackReader } from './msgpack-value.ts';
import { PendingBytes } from './pending-bytes.ts';
import type { Unit, UnitReader } from './unit.ts';

/** How every record of ours begins, after the header of its map. */
const FIRST_KEY = Buffer.concat([Buffer.from([0xa9]), Buffer.from('timestamp')]);

/** Damage may make bytes be looked at again, but never so often that it takes long. */
const MAX_LOOKS = 8;
/** After so many without a record between them, damage is told no more: each error takes memory. */
const MAX_DAMAGES_IN_A_ROW = 1_000;

/**
 * MessagePack maps one after the other.
 *
 * After damage it goes on at the next place where a map begins with the key `timestamp`: those bytes are no
 * UTF-8, so no string contains them.
 */
export class MsgpackUnits implements UnitReader {
  readonly #pending = new PendingBytes();
  readonly #maxBytes: number;
  /** A value that was incomplete is not looked at again before it may have doubled. */
  #wantedBytes = 1;
  #inGarbage = false;
  #received = 0;
  #lookedAt = 0;
  #damagesInARow = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): Iterable<Unit> {
    this.#received += bytes.length;
    this.#pending.push(bytes);
    return this.#read(false);
  }

  end(): Iterable<Unit> {
    return this.#read(true);
  }

  *#read(isEnd: boolean): Generator<Unit, void> {
    for (;;) {
      const { bytes, position } = this.#pending;
      if (bytes.length === 0 || (!isEnd && bytes.length < this.#wantedBytes)) return;
      if (this.#inGarbage) {
        if (!this.#skipGarbage(bytes, isEnd)) return;
        continue;
      }
      const unit = this.#readMap(bytes, position, isEnd);
      if (unit === 'incomplete') return;
      if (unit !== undefined) yield unit;
    }
  }

  /** Undefined for damage that is told no more. */
  #readMap(bytes: Buffer, position: number, isEnd: boolean): Unit | 'incomplete' | undefined {
    const reader = new MsgpackReader(bytes, maxHeldBytes(this.#maxBytes));
    try {
      const value = reader.value();
      if (!isPlainObject(value)) throw new Error('A value that is no map');
      this.#pending.use(reader.position);
      this.#wantedBytes = 1;
      this.#damagesInARow = 0;
      return { position, bytes: reader.position, value };
    } catch (cause) {
      const isIncomplete = cause === INCOMPLETE_MSGPACK;
      if (isIncomplete && !isEnd && bytes.length <= this.#maxBytes) {
        this.#wantedBytes = Math.min(bytes.length * 2, this.#maxBytes + 1);
        return 'incomplete';
      }
      this.#skip(bytes, reader.position);
      if (++this.#damagesInARow > MAX_DAMAGES_IN_A_ROW) return undefined;
      const error = new DecodeError(messageOf(cause), position, isIncomplete ? {} : { cause });
      return { position, error };
    }
  }

  /** Goes on behind the beginning of what is damaged. */
  #skip(bytes: Buffer, lookedAt: number): void {
    this.#lookedAt += lookedAt;
    const mayLookAgain = this.#lookedAt < MAX_LOOKS * this.#received;
    this.#pending.use(mayLookAgain ? 1 : bytes.length);
    this.#inGarbage = true;
    this.#wantedBytes = 1;
  }

  /** False when no record begins in what is there. */
  #skipGarbage(bytes: Buffer, isEnd: boolean): boolean {
    for (let at = bytes.indexOf(FIRST_KEY); at !== -1; at = bytes.indexOf(FIRST_KEY, at + 1)) {
      const start = mapStart(bytes, at);
      if (start === undefined) continue;
      this.#pending.use(start);
      this.#inGarbage = false;
      return true;
    }
    // The beginning of a record may be at the end of what came.
    const kept = isEnd ? 0 : Math.min(bytes.length, FIRST_KEY.length + 5);
    this.#pending.use(bytes.length - kept);
    this.#wantedBytes = kept + 1;
    return isEnd && kept > 0;
  }
}

function messageOf(cause: unknown): string {
  if (cause === INCOMPLETE_MSGPACK) return 'A map that does not end';
  if (cause instanceof RangeError) return 'A map of too many values';
  return 'Bytes that are no MessagePack map';
}

function mapStart(bytes: Buffer, keyStart: number): number | undefined {
  if (keyStart >= 1 && ((bytes[keyStart - 1] ?? 0) & 0xf0) === 0x80) return keyStart - 1;
  if (keyStart >= 3 && bytes[keyStart - 3] === 0xde) return keyStart - 3;
  if (keyStart >= 5 && bytes[keyStart - 5] === 0xdf) return keyStart - 5;
  return undefined;
}

function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
