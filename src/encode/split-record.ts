import { type Cuttable, cuttableBytes, cuttableText } from './cuttable.ts';
import type { RecordPart } from './log-record-encoder.ts';
import type { NoteCoder } from './note-coder.ts';
import { setOwnProperty } from './own-property.ts';
import type { PlainRecord } from './plain-record.ts';
import { type TopValue, topValues } from './record-cuttables.ts';
import { createValueText, isContainer } from './value-text.ts';

/** Values up to this size are repeated whole in every part. */
const REPEATED_BYTES = 64;
/** A part with less room than this for slices would be nearly all repetition. */
const MIN_ROOM_BYTES = 32;
const MAX_PARTS = 10_000;
const MAX_TRIES = 8;

type Slice = readonly [leaf: Cuttable, start: number, end: number];

/**
 * The record as numbered parts of at most `maxBytes`: each holds every field, the long ones as a slice.
 * Undefined when that is not possible; `plain` is left as it was then.
 */
export function splitRecord(
  plain: PlainRecord,
  coder: NoteCoder,
  maxBytes: number,
  id: string,
): Uint8Array[] | undefined {
  const values = topValues(plain);
  const leaves = chooseLeaves(plain, values, coder, maxBytes);
  const parts = leaves === undefined ? undefined : fillParts(plain, leaves, coder, maxBytes, id);
  if (parts === undefined) {
    for (const { map, key, value } of values) setOwnProperty(map, key, value);
  }
  return parts;
}

/** As few fields as leave half of each part to the slices; the largest first. */
function chooseLeaves(
  plain: PlainRecord,
  values: readonly TopValue[],
  coder: NoteCoder,
  maxBytes: number,
): Cuttable[] | undefined {
  const text = createValueText();
  const candidates = values
    .map((value) => leafOf(value, coder, text))
    .filter((leaf) => leaf !== undefined)
    .filter((leaf) => leaf.bytes > REPEATED_BYTES)
    .sort((one, other) => other.bytes - one.bytes);
  if (candidates.length === 0) return undefined;
  let repeatedBytes = coder.encode(plain).length;
  const leaves: Cuttable[] = [];
  for (const leaf of candidates) {
    if (repeatedBytes <= maxBytes / 2) break;
    repeatedBytes -= leaf.bytes;
    leaves.push(leaf);
  }
  return leaves.length === 0 ? undefined : leaves;
}

function leafOf(
  { map, key, path, value }: TopValue,
  coder: NoteCoder,
  text: (value: unknown) => string,
): Cuttable | undefined {
  const place = (piece: unknown): void => setOwnProperty(map, key, piece);
  const { costs } = coder;
  const all = Number.POSITIVE_INFINITY;
  if (typeof value === 'string') return cuttableText(path, value, false, place, costs, all);
  if (value instanceof Uint8Array) return cuttableBytes(path, value, place, costs);
  if (!isContainer(value)) return undefined;
  return cuttableText(path, text(value), true, place, costs, all);
}

function fillParts(
  plain: PlainRecord,
  leaves: readonly Cuttable[],
  coder: NoteCoder,
  maxBytes: number,
  id: string,
): Uint8Array[] | undefined {
  const fields = leaves.map((leaf) => leaf.path);
  const json = leaves.filter((leaf) => leaf.isJson).map((leaf) => leaf.path);
  const encodePart = (index: number, count: number, slices: readonly Slice[]): Uint8Array => {
    for (const leaf of leaves) leaf.place(0, 0);
    for (const [leaf, start, end] of slices) leaf.place(start, end);
    const part: RecordPart = {
      id,
      index,
      count,
      fields,
      ...(json.length > 0 && { jsonFields: json }),
    };
    return coder.encode(plain, { part });
  };
  let room = maxBytes - encodePart(MAX_PARTS - 1, MAX_PARTS, []).length;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const plan = planSlices(leaves, room);
    if (plan === undefined) return undefined;
    const parts: Uint8Array[] = [];
    let tooLongBy = 0;
    for (const [index, slices] of plan.entries()) {
      const encoded = encodePart(index, plan.length, slices);
      tooLongBy = Math.max(tooLongBy, encoded.length - maxBytes);
      if (tooLongBy > 0) break;
      parts.push(new Uint8Array(encoded));
    }
    if (tooLongBy === 0) return parts;
    // By the rule of three for encodings that write a field twice or escape it once more.
    room = Math.min(room - tooLongBy, Math.floor((room * room) / (room + tooLongBy)));
  }
  return undefined;
}

/** Which slices go into which part, in the order of the fields. */
function planSlices(leaves: readonly Cuttable[], roomBytes: number): Slice[][] | undefined {
  if (roomBytes < MIN_ROOM_BYTES) return undefined;
  const parts: Slice[][] = [];
  let part: Slice[] = [];
  let room = roomBytes;
  for (const leaf of leaves) {
    for (let start = 0; start < leaf.length; ) {
      const { end, bytes } = leaf.reach(start, room);
      if (end > start) part.push([leaf, start, end]);
      room -= bytes;
      start = end;
      if (end === leaf.length) break;
      parts.push(part);
      if (parts.length >= MAX_PARTS) return undefined;
      part = [];
      room = roomBytes;
    }
  }
  parts.push(part);
  return parts;
}
