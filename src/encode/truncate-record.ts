import { cutToSize } from './cut-to-size.ts';
import { keepWhatFits } from './keep-what-fits.ts';
import type { NoteCoder } from './note-coder.ts';
import { setOwnProperty } from './own-property.ts';
import type { PlainRecord } from './plain-record.ts';
import { cuttablesOf, topValues } from './record-cuttables.ts';
import { createValueText, isContainer } from './value-text.ts';

/** Strings up to this size stay whole as long as longer ones can give way: identifiers are short. */
const LONG_BYTES = 256;
const SHORT_BYTES = 64;

/**
 * One record of at most `maxBytes` that says what was cut; undefined when even its smallest form is longer.
 *
 * Long strings give way first, then large lists and maps (as the beginning of their JSON text), and whole
 * values only at last.
 */
export function truncateRecord(
  plain: PlainRecord,
  coder: NoteCoder,
  maxBytes: number,
  originalBytes: number,
): Uint8Array | undefined {
  const cut = (floorBytes: number, gonePaths: readonly string[] = []): Uint8Array | undefined => {
    const leaves = cuttablesOf(plain, coder.costs, floorBytes, maxBytes);
    return cutToSize({ coder, plain, maxBytes, originalBytes, gonePaths }, leaves, floorBytes);
  };
  return (
    cut(LONG_BYTES) ??
    cutContainers(plain, cut) ??
    keepWhatFits(plain, (gonePaths) => cut(SHORT_BYTES, gonePaths))
  );
}

/** Turns containers into text, the largest first, until that is enough. */
function cutContainers(
  plain: PlainRecord,
  cut: (floorBytes: number) => Uint8Array | undefined,
): Uint8Array | undefined {
  const text = createValueText();
  const containers = topValues(plain)
    .filter(({ value }) => isContainer(value))
    .map((top) => ({ top, json: text(top.value) }))
    .filter(({ json }) => json.length > SHORT_BYTES)
    .sort((one, other) => other.json.length - one.json.length);
  let next = 0;
  // Doubling keeps the tries few when there are hundreds of containers.
  for (let count = 1; next < containers.length; count *= 2) {
    for (const { top, json } of containers.slice(next, next + count)) {
      setOwnProperty(top.map, top.key, json);
    }
    next += count;
    const result = cut(LONG_BYTES);
    if (result !== undefined) return result;
  }
  return cut(SHORT_BYTES);
}
