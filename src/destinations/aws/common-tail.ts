import type { JsonEscapes } from './json-escapes.ts';
import { writeEscaped } from './write-escaped.ts';

/** A shorter one is escaped in the time that it takes to compare it. */
const MIN_BYTES = 128;
/** After so many texts that end otherwise no end is looked for any more. */
const MAX_MISSES = 16;

const NONE = Buffer.alloc(0);

/**
 * The end that the texts of a body have in common: records with one resource end alike, and what is escaped
 * already is only copied.
 */
export class CommonTail {
  readonly #escapes: JsonEscapes;
  #plain: Buffer = NONE;
  #escaped: Uint8Array = NONE;
  #previous: Buffer = NONE;
  #misses = 0;

  constructor(escapes: JsonEscapes) {
    this.#escapes = escapes;
  }

  /** What the common end becomes. */
  get escaped(): Uint8Array {
    return this.#escaped;
  }

  /** Bytes of the common end if `text` ends with it, else 0. */
  lengthIn(text: Buffer): number {
    const { length } = this.#plain;
    const start = text.length - length;
    if (length > 0 && start >= 0 && text.compare(this.#plain, 0, length, start) === 0)
      return length;
    if (this.#misses < MAX_MISSES) this.#learn(text);
    return 0;
  }

  #learn(text: Buffer): void {
    this.#misses += 1;
    const length = commonEnd(text, this.#previous);
    this.#previous = text;
    if (length < MIN_BYTES) return;
    const plain = Buffer.from(text.subarray(text.length - length));
    const room = Buffer.allocUnsafeSlow(2 * length);
    const end = writeEscaped(plain, room, 0, this.#escapes);
    if (end < 0) return;
    this.#plain = plain;
    this.#escaped = room.subarray(0, end);
  }
}

function commonEnd(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length])
    length += 1;
  return length;
}
