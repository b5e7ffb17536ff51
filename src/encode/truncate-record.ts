import { CutLevels } from './cut-levels.ts';
import { type CutTrial, cutToFloor, growToSize } from './cut-to-size.ts';
import type { MeasuredValue } from './measured-value.ts';
import type { NoteCoder } from './note-coder.ts';
import type { PlainRecord } from './plain-record.ts';
import { cuttablesOf } from './record-cuttables.ts';

/** Bytes to write in search of the level, in sizes of the result; small results may have more tries. */
const SEARCH_SIZES = 3;
const SMALL_BYTES = 131_072;
const MAX_TRIES = 24;
/** From here on the estimates had their chance, and halves are sure to come to an end. */
const HALVING_TRIES = 5;
/** A guess that may be far off is made at a part of the size first. */
const SAMPLE_SHARE = 8;
/** A level that is measured to take more is not tried. */
const HOPELESS_SIZES = 1.5;
/** A few small values say little of the others. */
const MAX_RATE = 4;
/** So little room is not worth another try: strings that were cut take it anyway. */
const GOOD_FILL = 0.998;

/** What the whole record takes in its encoding. */
export interface OriginalSize {
  readonly bytes: number;
  /** False when it was measured instead of encoded. */
  readonly isExact: boolean;
}

/**
 * One record of at most `maxBytes` that says what was cut; undefined when even its smallest form is longer.
 *
 * Long strings give way first, then large lists and maps (as the beginning of their JSON text), and whole
 * values only at last. The work is a few encodings of the size of the result, however large the record is.
 */
export function truncateRecord(
  plain: PlainRecord,
  values: readonly MeasuredValue[],
  coder: NoteCoder,
  maxBytes: number,
  original: OriginalSize,
): Uint8Array | undefined {
  const levels = new CutLevels(plain, values);
  let originalBytes = original.bytes;
  const tryLevel = (level: number): CutTrial => {
    const record = levels.recordAt(level);
    const gonePaths = levels.goneAt(level);
    const floorBytes = levels.floorOf(level);
    const leaves = cuttablesOf(record, coder.costs, floorBytes, maxBytes);
    const goal = { coder, plain: record, maxBytes, originalBytes, gonePaths };
    return cutToFloor(goal, leaves, floorBytes);
  };
  const fits = (trial: CutTrial): boolean => trial.length <= maxBytes;

  const least = tryLevel(levels.last);
  if (!fits(least)) {
    // A list of what is gone can be longer than what is gone.
    const trial = [0, levels.shortLevel].map(tryLevel).find(fits);
    return trial === undefined ? undefined : growToSize(trial);
  }
  const fixedBytes = least.length;
  let best = least;
  let tooMild = -1;
  let mildest = levels.last;
  let rate = 1;
  let room = maxBytes - fixedBytes;
  if (levels.sizeOf(0) > room) room = Math.floor(room / SAMPLE_SHARE);
  const lastByte = coder.bytesWritten + SEARCH_SIZES * maxBytes + SMALL_BYTES;
  for (let tries = 0; tries < MAX_TRIES && mildest - tooMild > 1; tries++) {
    const isHopeless = rate * levels.sizeOf(mildest - 1) > HOPELESS_SIZES * maxBytes + SMALL_BYTES;
    if (isHopeless || coder.bytesWritten > lastByte) break;
    const guess = tries < HALVING_TRIES ? levels.levelFor(room / rate) : (tooMild + mildest) >>> 1;
    const level = Math.min(Math.max(guess, tooMild + 1), mildest - 1);
    const trial = tryLevel(level);
    const size = levels.sizeOf(level);
    if (size > 0 && trial.length > fixedBytes) rate = rateOf(trial.length - fixedBytes, size);
    if (!original.isExact && levels.keepsShapes(level)) {
      // The long strings are as long as they were measured; only what is around them was a guess.
      const around = fixedBytes + (rate - 1) * levels.sizeOf(0);
      originalBytes = original.bytes + Math.round(around);
    }
    room = maxBytes - fixedBytes;
    if (fits(trial)) {
      best = trial;
      mildest = level;
      if (maxBytes > SMALL_BYTES && trial.length > maxBytes * GOOD_FILL) break;
    } else {
      tooMild = level;
      room *= GOOD_FILL;
    }
  }
  return growToSize({ ...best, goal: { ...best.goal, originalBytes } });
}

function rateOf(encodedBytes: number, measuredBytes: number): number {
  return Math.min(MAX_RATE, Math.max(1 / MAX_RATE, encodedBytes / measuredBytes));
}
