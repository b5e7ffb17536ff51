import type { DecodedLogRecord } from './decoded-log-record.ts';
import { setValueAt, valueAt } from './record-path.ts';

/** One record of all its parts, in order; throws when slices of JSON text do not join to JSON. */
export function joinParts(parts: readonly DecodedLogRecord[]): DecodedLogRecord {
  const [first] = parts;
  if (first?.part === undefined) throw new TypeError('Expected at least one part');
  const { part, ...record } = first;
  const json = new Set(part?.jsonFields);
  for (const path of first.part.fields) {
    const slices = parts.map((one) => valueAt(one, path));
    const whole = joinSlices(slices);
    setValueAt(record, path, json.has(path) ? JSON.parse(String(whole)) : whole);
  }
  return record;
}

function joinSlices(slices: readonly unknown[]): unknown {
  if (slices.some((slice) => slice instanceof Uint8Array)) {
    return new Uint8Array(Buffer.concat(slices.filter((slice) => slice instanceof Uint8Array)));
  }
  return slices.filter((slice) => typeof slice === 'string').join('');
}
