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
  return [
    ...entriesOf('', plain.fields),
    ...entriesOf('attributes.', plain.attributes),
    ...entriesOf('resource.', plain.resource),
    ...entriesOf('scope.', plain.scope),
    ...entriesOf('scope.attributes.', plain.scopeAttributes),
  ];
}

function entriesOf(prefix: string, map: PlainMap): TopValue[] {
  return Object.keys(map).map((key) => ({
    path: prefix + (FIELD_NAMES.get(prefix + key) ?? key),
    map,
    key,
    value: map[key],
  }));
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
  for (const { path, map, key, value } of topValues(plain)) {
    visit(path, value, (piece) => setOwnProperty(map, key, piece));
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
