import { setOwnProperty } from './own-property.ts';
import type { PlainMap } from './plain-record.ts';

/**
 * Shortens the strings and bytes that are longer than the whole record may be, at any depth.
 *
 * A UTF-16 unit takes at least a byte, so what is cut off here could never stay, and the rest is still too
 * long to stay whole: it will be cut and named like any other.
 */
export function shortenGiants(value: unknown, maxBytes: number): unknown {
  // A character more than fits, which may be of two units; whole groups of three bytes.
  if (typeof value === 'string') {
    return value.length > maxBytes + 2 ? value.slice(0, maxBytes + 2) : value;
  }
  if (value instanceof Uint8Array) {
    return value.length > maxBytes + 3 ? value.subarray(0, maxBytes + 3) : value;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const short = shortenGiants(item, maxBytes);
      if (short !== item) value[index] = short;
    }
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as PlainMap;
    for (const key of Object.keys(fields)) {
      const short = shortenGiants(fields[key], maxBytes);
      if (short !== fields[key]) setOwnProperty(fields, key, short);
    }
  }
  return value;
}
