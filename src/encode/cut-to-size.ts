import type { Cuttable } from './cuttable.ts';
import type { NoteCoder } from './note-coder.ts';
import type { PlainRecord } from './plain-record.ts';
import { shareBytes } from './share-bytes.ts';
import { truncationNote } from './truncation-note.ts';

/** No character is longer in JSON, so a smaller rest may have no use. */
const CHARACTER_BYTES = 6;
const MAX_TRIES = 16;

export interface CutGoal {
  readonly coder: NoteCoder;
  readonly plain: PlainRecord;
  readonly maxBytes: number;
  readonly originalBytes: number;
  /** Values that were left out already: named in the note before those that are cut. */
  readonly gonePaths: readonly string[];
}

/**
 * Cuts the leaves so that the encoded record is as long as it may be; undefined when it does not fit even
 * with each of them at `floorBytes`; they are whole again then.
 *
 * Our own encodings know their costs, so the second try fits to the byte. Where costs are a guess, the real
 * size of one try tells the budget of the next.
 */
export function cutToSize(
  goal: CutGoal,
  leaves: readonly Cuttable[],
  floorBytes: number,
): Uint8Array | undefined {
  const { maxBytes } = goal;
  let fits = leaves.reduce((sum, leaf) => sum + Math.min(leaf.bytes, floorBytes), 0);
  let tooMuch = leaves.reduce((sum, leaf) => sum + leaf.bytes, 0) + 1;
  let tooLongBy = 0;
  let best = new Uint8Array(encodeCut(goal, leaves, fits));
  if (best.length > maxBytes) {
    for (const leaf of leaves) leaf.place(0, leaf.length);
    return undefined;
  }
  for (let tries = 0; tries < MAX_TRIES && tooMuch - fits > 1; tries++) {
    const left = maxBytes - best.length;
    if (left === 0 || (left < CHARACTER_BYTES && tries > 2)) break;
    const budget = nextBudget(fits, fits + left, tooMuch, tooMuch - tooLongBy);
    const encoded = encodeCut(goal, leaves, budget);
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
