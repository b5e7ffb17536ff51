import { type CutCosts, type Cuttable, cuttableBytes, cuttableText } from './cuttable.ts';
import { setOwnProperty } from './own-property.ts';
import type { PlainMap, PlainRecord } from './plain-record.ts';

/** A control character as JSON writes it. */
const MAX_BYTES_PER_CHARACTER = 6;

/** A value that stands directly in one of the record's maps. */
export interface TopValue {
  readonly path: string;
  readonly map: PlainMap;
  readonly key: string;
  readonly value: unknown;
}

/** Every value of the record that may be cut or left out; neither times, ids nor the severity number. */
export function topValues(plain: PlainRecord): TopValue[] {
  return mapsOf(plain).flatMap(([prefix, map]) =>
    Object.keys(map).map((key) => ({ path: pathOf(prefix, key), map, key, value: map[key] })),
  );
}

function mapsOf(plain: PlainRecord): [prefix: string, map: PlainMap][] {
  return [
    ['', plain.fields],
    ['attributes.', plain.attributes],
    ['resource.', plain.resource],
    ['scope.', plain.scope],
    ['scope.attributes.', plain.scopeAttributes],
  ];
}

function pathOf(prefix: string, key: string): string {
  return prefix + (FIELD_NAMES.get(prefix + key) ?? key);
}

/** Paths name fields as the flat document does. */
const FIELD_NAMES: ReadonlyMap<string, string> = new Map([
  ['severityText', 'severity_text'],
  ['eventName', 'event_name'],
  ['scope.schemaUrl', 'schema_url'],
]);

/** The strings and byte arrays of more than `minBytes`, at any depth. */
export function cuttablesOf(
  plain: PlainRecord,
  costs: CutCosts,
  minBytes: number,
  maxBytes: number,
): Cuttable[] {
  const found: Cuttable[] = [];
  for (const [prefix, map] of mapsOf(plain)) {
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (!isWorthAVisit(value, minBytes)) continue;
      visit(pathOf(prefix, key), value, (piece) => setOwnProperty(map, key, piece));
    }
  }
  return found;

  function visit(path: string, value: unknown, place: (piece: unknown) => void): void {
    if (typeof value === 'string') {
      const leaf = cuttableText(path, value, false, place, costs, maxBytes);
      if (leaf.bytes > minBytes) found.push(leaf);
    } else if (value instanceof Uint8Array) {
      const leaf = cuttableBytes(path, value, place, costs);
      if (leaf.bytes > minBytes) found.push(leaf);
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (!isWorthAVisit(item, minBytes)) continue;
        visit(`${path}[${index}]`, item, (piece) => {
          value[index] = piece;
        });
      }
    } else if (typeof value === 'object' && value !== null) {
      const fields = value as PlainMap;
      for (const key of Object.keys(fields)) {
        if (!isWorthAVisit(fields[key], minBytes)) continue;
        visit(`${path}.${key}`, fields[key], (piece) => setOwnProperty(fields, key, piece));
      }
    }
  }
}

/** Spares the millions of small values in a huge list the making of a path. */
function isWorthAVisit(value: unknown, minBytes: number): boolean {
  return typeof value === 'string'
    ? value.length * MAX_BYTES_PER_CHARACTER > minBytes
    : typeof value === 'object' && value !== null;
}
