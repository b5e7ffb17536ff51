/** How much a piece of a value takes in the encoding at hand. */
export interface CutCosts {
  stringBytes(text: string, path?: string): number;
  /** True when bytes are written as base64, in fours for every three. */
  readonly base64: boolean;
}

/** A long string or byte array inside a record that may be shortened. */
export interface Cuttable {
  /** Where it stands: `body`, `attributes.message`. */
  readonly path: string;
  /** True when it is the JSON text of a value that was no string. */
  readonly isJson: boolean;
  /** Characters, or bytes. */
  readonly length: number;
  /** Encoded bytes; counted no further than the `maxBytes` it was made with, plus a little. */
  readonly bytes: number;
  /** The furthest end, from `start`, so that the piece takes at most `maxBytes`; and what it takes. */
  reach(start: number, maxBytes: number): { readonly end: number; readonly bytes: number };
  /** Puts the piece in place of the whole. */
  place(start: number, end: number): void;
}

const STEP_CHARACTERS = 4_096;

export function cuttableText(
  path: string,
  text: string,
  isJson: boolean,
  place: (piece: string) => void,
  costs: CutCosts,
  maxBytes: number,
): Cuttable {
  const reach = (start: number, limit: number): { end: number; bytes: number } =>
    fitText(text, start, limit, (piece) => costs.stringBytes(piece, path));
  const whole = reach(0, maxBytes);
  return {
    path,
    isJson,
    length: text.length,
    bytes: whole.end === text.length ? whole.bytes : maxBytes + 1,
    reach,
    place: (start, end) => place(text.slice(start, end)),
  };
}

export function cuttableBytes(
  path: string,
  bytes: Uint8Array,
  place: (piece: Uint8Array) => void,
  costs: CutCosts,
): Cuttable {
  const cost = (length: number): number => (costs.base64 ? Math.ceil(length / 3) * 4 : length);
  return {
    path,
    isJson: false,
    length: bytes.length,
    bytes: cost(bytes.length),
    reach: (start, maxBytes) => {
      const rest = bytes.length - start;
      if (cost(rest) <= maxBytes) return { end: bytes.length, bytes: cost(rest) };
      // Whole groups of three, so that the base64 of the pieces joins.
      const length = costs.base64 ? Math.floor(maxBytes / 4) * 3 : Math.max(0, maxBytes);
      return { end: start + length, bytes: cost(length) };
    },
    place: (start, end) => place(bytes.subarray(start, end)),
  };
}

/** Goes by steps, so that a long text is looked at once, and halves only the step that is too much. */
function fitText(
  text: string,
  start: number,
  maxBytes: number,
  bytesOf: (piece: string) => number,
): { end: number; bytes: number } {
  let end = start;
  let bytes = 0;
  while (end < text.length) {
    const next = wholeCharacterEnd(text, Math.min(end + STEP_CHARACTERS, text.length));
    const step = bytesOf(text.slice(end, next));
    if (bytes + step > maxBytes) return fitStep(text, end, next, bytes, maxBytes, bytesOf);
    end = next;
    bytes += step;
  }
  return { end, bytes };
}

function fitStep(
  text: string,
  start: number,
  tooFar: number,
  bytesBefore: number,
  maxBytes: number,
  bytesOf: (piece: string) => number,
): { end: number; bytes: number } {
  let end = start;
  let bytes = bytesBefore;
  let beyond = tooFar;
  while (beyond - end > 1) {
    const middle = wholeCharacterEnd(text, (end + beyond) >>> 1);
    if (middle >= beyond) break;
    const total = bytes + bytesOf(text.slice(end, middle));
    if (total <= maxBytes) {
      end = middle;
      bytes = total;
    } else {
      beyond = middle;
    }
  }
  return { end, bytes };
}

/** `end`, or one further when it would part a surrogate pair. */
function wholeCharacterEnd(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  const next = text.charCodeAt(end);
  return last >= 0xd800 && last <= 0xdbff && next >= 0xdc00 && next <= 0xdfff ? end + 1 : end;
}
