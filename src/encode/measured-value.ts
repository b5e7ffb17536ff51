import type { CutCosts } from './cuttable.ts';
import type { PlainMap } from './plain-record.ts';
import type { TopValue } from './record-cuttables.ts';
import { shortenGiants } from './shorten-giants.ts';

/** Strings up to this size stay whole as long as longer ones can give way: identifiers are short. */
export const LONG_BYTES = 256;
export const SHORT_BYTES = 64;
/** Quotes, a colon and a comma, or the headers of a binary format. */
const FRAME_BYTES = 4;
const NUMBER_BYTES = 8;
const EXACT_CHARACTERS = 4_096;

/** How much a value takes, about: whole, and with the strings in it cut to one length or another. */
export interface MeasuredValue {
  readonly top: TopValue;
  readonly keyBytes: number;
  readonly bytes: number;
  readonly longBytes: number;
  readonly shortBytes: number;
}

/** One look at a value of the record; no byte is written. */
export function measureValue(top: TopValue, costs: CutCosts): MeasuredValue {
  const sums = { bytes: 0, longBytes: 0, shortBytes: 0 };
  // The whole value's own path tells what a text in it takes: an encoding may write the value twice.
  const textBytes = (text: string): number => measureText(text, costs, top.path);
  add(top.value);
  return { top, keyBytes: textBytes(top.key) + FRAME_BYTES, ...sums };

  function add(value: unknown): void {
    if (typeof value === 'string') addLeaf(textBytes(value));
    else if (value instanceof Uint8Array) {
      addLeaf(costs.base64 ? Math.ceil(value.length / 3) * 4 : value.length);
    } else if (Array.isArray(value)) {
      addFrame(2);
      for (const item of value) add(item);
    } else if (typeof value === 'object' && value !== null) {
      addFrame(2);
      const fields = value as PlainMap;
      for (const key of Object.keys(fields)) {
        addFrame(textBytes(key) + FRAME_BYTES);
        add(fields[key]);
      }
    } else addFrame(typeof value === 'number' ? numberBytes(value) : NUMBER_BYTES);
  }

  function addLeaf(bytes: number): void {
    sums.bytes += bytes + 2;
    sums.longBytes += Math.min(bytes, LONG_BYTES) + 2;
    sums.shortBytes += Math.min(bytes, SHORT_BYTES) + 2;
  }

  function addFrame(bytes: number): void {
    sums.bytes += bytes;
    sums.longBytes += bytes;
    sums.shortBytes += bytes;
  }
}

/** With a comma. */
function numberBytes(value: number): number {
  if (!Number.isInteger(value)) return 18;
  return 2 + Math.floor(Math.log10(Math.abs(value) + 1)) + (value < 0 ? 1 : 0);
}

/** Exact for short text. What must be escaped in a long one is as much as in its beginning, about. */
function measureText(text: string, costs: CutCosts, path: string): number {
  if (text.length <= EXACT_CHARACTERS) return costs.stringBytes(text, path);
  const start = text.slice(0, EXACT_CHARACTERS);
  const rate = costs.stringBytes(start, path) / Buffer.byteLength(start);
  return Math.round(rate * Buffer.byteLength(text));
}

/** The value of a measured one, without what could never stay in `maxBytes`. */
export function withoutGiants(measured: MeasuredValue, maxBytes: number): MeasuredValue {
  const { bytes, top } = measured;
  return bytes <= maxBytes
    ? measured
    : { ...measured, top: { ...top, value: shortenGiants(top.value, maxBytes) } };
}
