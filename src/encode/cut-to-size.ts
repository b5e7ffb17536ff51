import type { Cuttable } from './cuttable.ts';
import type { NoteCoder } from './note-coder.ts';
import type { PlainRecord } from './plain-record.ts';
import { shareBytes } from './share-bytes.ts';
import { truncationNote } from './truncation-note.ts';

/** No character is longer in JSON, so a smaller rest may have no use. */
const CHARACTER_BYTES = 6;
const MAX_TRIES = 16;
/** Bytes to write in search of the best fit, in sizes of the result; small results may have more tries. */
const GROW_SIZES = 4;
const SMALL_BYTES = 131_072;

export interface CutGoal {
  readonly coder: NoteCoder;
  readonly plain: PlainRecord;
  readonly maxBytes: number;
  readonly originalBytes: number;
  /** Values that were left out already: named in the note before those that are cut. */
  readonly gonePaths: readonly string[];
}

/** A record with each of its leaves as short as it may become. */
export interface CutTrial {
  readonly goal: CutGoal;
  readonly leaves: readonly Cuttable[];
  /** What the leaves take together. */
  readonly leafBytes: number;
  /** Encoded bytes of the record. */
  readonly length: number;
  /** The encoded record; nothing when it is too long. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Encodes the record with its leaves cut to `floorBytes` each; they are whole again afterwards. */
export function cutToFloor(
  goal: CutGoal,
  leaves: readonly Cuttable[],
  floorBytes: number,
): CutTrial {
  const leafBytes = leaves.reduce((sum, leaf) => sum + Math.min(leaf.bytes, floorBytes), 0);
  const encoded = encodeCut(goal, leaves, leafBytes);
  const { length } = encoded;
  const bytes = length > goal.maxBytes ? new Uint8Array() : new Uint8Array(encoded);
  for (const leaf of leaves) leaf.place(0, leaf.length);
  return { goal, leaves, leafBytes, length, bytes };
}

/**
 * Lets the leaves of a trial that fits grow so that the encoded record is as long as it may be.
 *
 * Our own encodings know their costs, so the first try fits to the byte. Where costs are a guess, the real
 * size of one try tells the budget of the next, as long as the work is worth it.
 */
export function growToSize({ goal, leafBytes, leaves, bytes }: CutTrial): Uint8Array {
  const { coder, maxBytes } = goal;
  let fits = leafBytes;
  let tooMuch = leaves.reduce((sum, leaf) => sum + leaf.bytes, 0) + 1;
  let tooLongBy = 0;
  let growth = 1;
  let best = bytes;
  const lastByte = coder.bytesWritten + GROW_SIZES * maxBytes + SMALL_BYTES;
  for (let tries = 0; tries < MAX_TRIES && tooMuch - fits > 1; tries++) {
    const left = maxBytes - best.length;
    if (left === 0 || (left < CHARACTER_BYTES && tries > 2)) break;
    if (coder.bytesWritten + maxBytes > lastByte) break;
    const fromAbove = tooMuch - Math.max(Math.ceil(tooLongBy / growth), CHARACTER_BYTES);
    const fromBelow = fits + Math.max(1, Math.floor(left / growth));
    const budget = nextBudget(fits, fromBelow, tooMuch, fromAbove);
    const encoded = encodeCut(goal, leaves, budget);
    growth = growthOf(encoded.length - bytes.length, budget - leafBytes);
    if (encoded.length > maxBytes) {
      tooMuch = budget;
      tooLongBy = encoded.length - maxBytes;
    } else {
      fits = budget;
      if (encoded.length >= best.length) best = new Uint8Array(encoded);
    }
  }
  return best;
}

/** Encoded bytes for each byte of a leaf: an encoding may write a text twice, or escape it once more. */
function growthOf(encodedBytes: number, leafBytes: number): number {
  const growth = encodedBytes / leafBytes;
  const isRounding = !(Math.abs(growth - 1) > 0.01);
  return isRounding || growth <= 0 ? 1 : growth;
}

/** The first guess that lies between what fits and what does not, else the middle. */
function nextBudget(fits: number, fromBelow: number, tooMuch: number, fromAbove: number): number {
  if (fromBelow < tooMuch) return fromBelow;
  return fromAbove > fits && fromAbove < tooMuch ? fromAbove : Math.floor((fits + tooMuch) / 2);
}

/** The record with its leaves cut to `budgetBytes` together; good until the next call. */
function encodeCut(goal: CutGoal, leaves: readonly Cuttable[], budgetBytes: number): Uint8Array {
  const { coder, gonePaths, maxBytes, originalBytes, plain } = goal;
  const paths = [...gonePaths, ...shareBytes(leaves, budgetBytes)];
  const note = paths.length === 0 ? undefined : truncationNote(paths, originalBytes, maxBytes);
  return coder.encode(plain, note);
}
