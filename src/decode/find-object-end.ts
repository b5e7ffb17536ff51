import { BYTES_A_CONTAINER } from './approximate-bytes.ts';
import { JSON_VALUE_BYTES } from './json-held-bytes.ts';

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;

/** Where a scan stands between two pieces of an object. */
export interface ScanState {
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** About what the object will hold in memory beside the bytes of its text. */
  overheadBytes: number;
}

/** Where a scan begins, before the brace that opens an object. */
export function startState(): ScanState {
  return { depth: 0, inString: false, escaped: false, overheadBytes: 0 };
}

/**
 * Follows an object from `start` to the brace that closes it, without a look at its meaning.
 *
 * Damage shows by what JSON rules out: a line break inside a string, a brace that opens right after one
 * that closes. A brace in the first column while an object is open is damage too: writers that spread an
 * object over lines indent what is inside.
 */
export function findObjectEnd(
  bytes: Uint8Array,
  start: number,
  state: ScanState,
): { readonly outcome: 'complete' | 'damaged' | 'incomplete'; readonly end: number } {
  let { depth, inString, escaped, overheadBytes } = state;
  let index = start;
  for (; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
      else if (byte === NEWLINE) return { outcome: 'damaged', end: index + 1 };
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      const before = index === 0 ? 0 : (bytes[index - 1] ?? 0);
      if (byte === OPEN_OBJECT && (before === NEWLINE || before === CLOSE_OBJECT)) {
        return { outcome: 'damaged', end: index };
      }
      depth++;
      overheadBytes += BYTES_A_CONTAINER;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth--;
      if (depth === 0) {
        state.overheadBytes = overheadBytes;
        return { outcome: 'complete', end: index + 1 };
      }
    } else if (byte === COMMA) {
      overheadBytes += JSON_VALUE_BYTES;
    }
  }
  state.depth = depth;
  state.inString = inString;
  state.escaped = escaped;
  state.overheadBytes = overheadBytes;
  return { outcome: 'incomplete', end: index };
}
