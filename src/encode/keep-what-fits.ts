import { setOwnProperty } from './own-property.ts';
import type { PlainRecord } from './plain-record.ts';
import { type TopValue, topValues } from './record-cuttables.ts';
import { createValueText } from './value-text.ts';

const SIZE_CLASS_BYTES = 64;

/**
 * Leaves out as few values as needed for `cut`, which gets their paths; undefined when nothing helps.
 *
 * Large ones go first. Among the small ones numbers go before text and the last before the first:
 * identifiers are text and tend to stand in front. The body goes late, the severity last.
 */
export function keepWhatFits(
  plain: PlainRecord,
  cut: (gonePaths: readonly string[]) => Uint8Array | undefined,
): Uint8Array | undefined {
  const values = topValues(plain);
  const order = leavingOrder(values);
  const cutWithout = (count: number): Uint8Array | undefined => {
    const leaving = new Set(order.slice(0, count));
    restore(values, leaving);
    return cut([...leaving].map((value) => value.path));
  };
  let best = cutWithout(order.length);
  if (best === undefined) return undefined;
  let tooFew = 0;
  let enough = order.length;
  while (enough - tooFew > 1) {
    const count = (tooFew + enough) >>> 1;
    const result = cutWithout(count);
    if (result === undefined) {
      tooFew = count;
    } else {
      best = result;
      enough = count;
    }
  }
  return best;
}

/** Fills the maps anew, in their order, without the values that leave. */
function restore(values: readonly TopValue[], leaving: ReadonlySet<TopValue>): void {
  for (const { map, key } of values) delete map[key];
  for (const value of values) {
    if (!leaving.has(value)) setOwnProperty(value.map, value.key, value.value);
  }
}

function leavingOrder(values: readonly TopValue[]): TopValue[] {
  const text = createValueText();
  return values
    .map((value, position) => ({ value, position, rank: rankOf(value, text) }))
    .sort((one, other) => other.rank - one.rank || other.position - one.position)
    .map(({ value }) => value);
}

function rankOf({ path, key, value }: TopValue, text: (value: unknown) => string): number {
  if (path === 'severity_text') return -2;
  if (path === 'body') return -1;
  const isText = typeof value === 'string';
  // Text is cut to a size class by now, whatever is left of it to cut away.
  const length = isText ? Math.min(value.length, SIZE_CLASS_BYTES) : text(value).length;
  const sizeClass = Math.floor((key.length + length) / SIZE_CLASS_BYTES);
  return sizeClass * 2 + (isText ? 0 : 1);
}
