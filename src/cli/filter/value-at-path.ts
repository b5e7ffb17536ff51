import type { ValueMap } from '../../decode/decoded-log-record.ts';

/**
 * The value of an attribute: by its whole name, else inside of maps, so that `price.currency` finds
 * `{ price: { currency } }`. Undefined when there is none.
 */
export function valueAtPath(map: ValueMap, path: string): unknown {
  if (Object.hasOwn(map, path)) return map[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    const inner = Object.hasOwn(map, name) ? map[name] : undefined;
    if (!hasMembers(inner)) continue;
    const value = valueAtPath(inner, path.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}

function hasMembers(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
