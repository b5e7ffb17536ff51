import { DecodeError } from './decode-error.ts';
import { maxHeldBytes } from './decode-options.ts';
import { findObjectEnd, type ScanState, startState } from './find-object-end.ts';
import { isJsonObject } from './is-json-object.ts';
import { PendingBytes } from './pending-bytes.ts';
import type { Unit, UnitReader } from './unit.ts';

const OPEN = 0x7b;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
/** As an object begins: what its first field is called. */
const FIRST_NAME = /^\{"[^"\\]{1,100}":/u;
const MAX_FIRST_NAME_BYTES = 104;
const NO_JSON = 'An object that is no JSON';
/** What may stand between objects: white space, a byte order mark, and what makes an array of them. */
const BETWEEN: ReadonlySet<number> = new Set([
  0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x5b, 0x5d, 0xef, 0xbb, 0xbf,
]);
/** Damage may make bytes be looked at again, but never so often that it takes long. */
const MAX_LOOKS = 8;
/** After so many without a record between them, damage is told once and skipped by lines. */
const MAX_DAMAGES_IN_A_ROW = 1_000;
/** What is this short costs less to check than an error of `JSON.parse` costs. */
const MAX_CHECKED_BYTES = 4_096;

/**
 * JSON objects one after the other: a line each, with nothing in between, or in an array.
 *
 * A damaged one ends where the next one surely begins: on a new line, or at `}{"`, which no JSON string
 * contains. In an array that is at `,{"` with the name that the first object begins with: no JSON string contains
 * that either, and objects inside another seldom begin like those of the array.
 */
export class JsonUnits implements UnitReader {
  readonly #pending = new PendingBytes();
  readonly #maxBytes: number;
  #received = 0;
  #lookedAt = 0;
  #scanned = 0;
  #state: ScanState = startState();
  #inGarbage = false;
  #arrayJoint: Buffer | undefined;
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
    const units: Unit[] = [];
    while (this.#scanned > 0 || this.#findStart(units, isEnd)) {
      const bytes = this.#pending.bytes;
      const from = this.#scanned;
      const found = findObjectEnd(bytes, from, this.#state);
      this.#lookedAt += found.end - Math.min(from, found.end);
      if (found.outcome === 'complete') {
        this.#parse(units, bytes, found.end);
      } else if (found.outcome === 'damaged') {
        this.#damage(units, bytes, found.end, 'An object that breaks off');
      } else if (isEnd) {
        this.#damage(units, bytes, bytes.length, 'An object that does not end');
      } else if (bytes.length > this.#maxBytes) {
        this.#damage(units, bytes, bytes.length, 'An object that is too large');
        this.#inGarbage = this.#pending.bytes.length === 0;
      } else {
        this.#scanned = bytes.length;
        break;
      }
      yield* units;
      units.length = 0;
    }
    yield* units;
  }

  /** Goes to where an object begins; false when that is not in what came. */
  #findStart(units: Unit[], isEnd: boolean): boolean {
    for (;;) {
      if (this.#inGarbage && !this.#leaveGarbage(isEnd)) return false;
      const bytes = this.#pending.bytes;
      let index = 0;
      while (index < bytes.length && BETWEEN.has(bytes[index] ?? 0)) index++;
      this.#pending.use(index);
      if (index === bytes.length) return false;
      if (bytes[index] === OPEN) {
        this.#arrayJoint ??= arrayJointAt(bytes, index);
        return true;
      }
      this.#tell(units, 'Bytes that are no JSON object');
      this.#inGarbage = true;
    }
  }

  #leaveGarbage(isEnd: boolean): boolean {
    const bytes = this.#pending.bytes;
    const joints = this.#joints;
    const start = nextStart(bytes, bytes.length, joints);
    this.#inGarbage = start === undefined;
    // The beginning of a joint may be at the end of what came.
    this.#pending.use(
      start ?? (isEnd ? bytes.length : Math.max(0, bytes.length - overlapOf(joints))),
    );
    return start !== undefined;
  }

  #parse(units: Unit[], bytes: Buffer, end: number): void {
    if (end + this.#state.overheadBytes > maxHeldBytes(this.#maxBytes)) {
      this.#tell(units, 'An object of too many values');
      this.#pending.use(end);
      this.#restart();
      return;
    }
    if (this.#isHopeless && end <= MAX_CHECKED_BYTES && !isJsonObject(bytes.subarray(0, end))) {
      this.#damage(units, bytes, end, NO_JSON);
      return;
    }
    try {
      const value: unknown = JSON.parse(bytes.toString('utf8', 0, end));
      units.push({ position: this.#pending.position, bytes: end, value });
      this.#damagesInARow = 0;
      this.#pending.use(end);
      this.#restart();
    } catch (cause) {
      this.#damage(units, bytes, end, NO_JSON, cause);
    }
  }

  #damage(units: Unit[], bytes: Buffer, end: number, message: string, cause?: unknown): void {
    this.#tell(units, message, cause);
    const mayLookAgain = this.#lookedAt < MAX_LOOKS * this.#received && !this.#isHopeless;
    const start = mayLookAgain ? nextStart(bytes, end, this.#joints) : undefined;
    this.#pending.use(start ?? Math.max(end, 1));
    this.#inGarbage = this.#isHopeless && bytes[end - 1] !== 0x0a && bytes[end] !== OPEN;
    this.#restart();
  }

  /** Behind the first byte of which an object begins. */
  get #joints(): readonly Buffer[] {
    if (this.#isHopeless) return [LINE_JOINT];
    return this.#arrayJoint === undefined ? JOINTS : [...JOINTS, this.#arrayJoint];
  }

  get #isHopeless(): boolean {
    return this.#damagesInARow > MAX_DAMAGES_IN_A_ROW;
  }

  #tell(units: Unit[], message: string, cause?: unknown): void {
    if (++this.#damagesInARow > MAX_DAMAGES_IN_A_ROW) return;
    const { position } = this.#pending;
    units.push({ position, error: new DecodeError(message, position, { cause }) });
  }

  #restart(): void {
    this.#scanned = 0;
    this.#state = startState();
  }
}

const LINE_JOINT = Buffer.from('\n{');
const JOINTS: readonly Buffer[] = [LINE_JOINT, Buffer.from('}{"')];

/** What parts the objects of an array, if the one at `index` is one of an array without spaces. */
function arrayJointAt(bytes: Buffer, index: number): Buffer | undefined {
  const before = bytes[index - 1];
  if (before !== COMMA && before !== OPEN_ARRAY) return undefined;
  const [start] =
    FIRST_NAME.exec(bytes.toString('latin1', index, index + MAX_FIRST_NAME_BYTES)) ?? [];
  return start === undefined ? undefined : Buffer.from(`,${start}`, 'latin1');
}

/** Of a joint that begins where one looks, so much may lie behind it. */
function overlapOf(joints: readonly Buffer[]): number {
  return Math.max(...joints.map(({ length }) => length)) - 1;
}

/** Where the first object begins behind the first byte and up to `end`. */
function nextStart(bytes: Buffer, end: number, joints: readonly Buffer[]): number | undefined {
  const overlap = overlapOf(joints);
  const limit = Math.min(end + overlap, bytes.length);
  // Growing windows: what is found near costs no look at all that is far.
  for (let from = 0, width = 256; from < limit; from += width, width *= 2) {
    const region = bytes.subarray(from, Math.min(from + width + overlap, limit));
    const starts = joints.map((joint) => region.indexOf(joint)).filter((index) => index !== -1);
    if (starts.length > 0) return from + Math.min(...starts) + 1;
  }
  return undefined;
}
