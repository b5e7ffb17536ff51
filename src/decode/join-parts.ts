import type { DecodedLogRecord } from './decoded-log-record.ts';
import { jsonHeldBytes } from './json-held-bytes.ts';
import { setValueAt, valuesByPath } from './record-path.ts';

/**
 * One record of all its parts, in order; throws when slices of JSON text do not join to JSON, or to JSON that holds
 * more than `maxHeldBytes`.
 */
export function joinParts(
  parts: readonly DecodedLogRecord[],
  maxHeldBytes: number,
): DecodedLogRecord {
  const [first] = parts;
  if (first?.part === undefined) throw new TypeError('Expected at least one part');
  const { part, ...record } = first;
  const json = new Set(part?.jsonFields);
  const slices = new Map<string, unknown[]>(first.part.fields.map((path) => [path, []]));
  // What the parts hold is walked once: a note may name many more fields than there are.
  for (const one of parts) {
    for (const [path, value] of valuesByPath(one)) slices.get(path)?.push(value);
  }
  // All values before the first is set: the parts stay as they are when one cannot be joined.
  const values = [...slices].map(([path, found]): [string, unknown] => {
    const whole = joinSlices(found);
    return [path, json.has(path) ? parse(String(whole), maxHeldBytes) : whole];
  });
  for (const [path, value] of values) setValueAt(record, path, value);
  return record;
}

function parse(text: string, maxHeldBytes: number): unknown {
  if (jsonHeldBytes(text) > maxHeldBytes) throw new RangeError('JSON text of too many values');
  return JSON.parse(text) as unknown;
}

function joinSlices(slices: readonly unknown[]): unknown {
  if (slices.some((slice) => slice instanceof Uint8Array)) {
    return new Uint8Array(Buffer.concat(slices.filter((slice) => slice instanceof Uint8Array)));
  }
  return slices.filter((slice) => typeof slice === 'string').join('');
}
