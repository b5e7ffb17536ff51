import { types } from 'node:util';
import { setOwnProperty } from './own-property.ts';
import { throwsMarker } from './value-markers.ts';

const MAX_COLLECTED_ENTRIES = 1_048_576;

/** A primitive as it is, an object simplified. */
export function simplifyValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? simplifyObject(value) : value;
}

/**
 * Turns an object of any class into something that every wire format knows: an array, an object of
 * which the own fields count, a `Uint8Array`, a primitive; `undefined` when it has no value at all.
 *
 * Never throws: what fails becomes a marker. Only one level deep; the fields may be anything.
 */
function simplifyObject(value: object): unknown {
  try {
    if (Array.isArray(value)) return value;
    if (ArrayBuffer.isView(value)) {
      return value instanceof Uint8Array
        ? value
        : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    }
    const converted = callToJson(value);
    if (converted === NO_TO_JSON) return classify(value);
    if (typeof converted === 'object' && converted !== null) return classify(converted);
    return typeof converted === 'function' || typeof converted === 'symbol' ? undefined : converted;
  } catch (error) {
    return throwsMarker(error);
  }
}

const NO_TO_JSON: unique symbol = Symbol('no toJSON');

function callToJson(value: object): unknown {
  // A Date's own text is the same, without a call that an application may have replaced.
  if (types.isDate(value)) return dateText(value);
  try {
    const toJson: unknown = (value as { toJSON?: unknown }).toJSON;
    return typeof toJson === 'function' ? toJson.call(value, '') : NO_TO_JSON;
  } catch {
    return NO_TO_JSON;
  }
}

function classify(value: object): unknown {
  if (Array.isArray(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value;
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (types.isDate(value)) return dateText(value);
  if (types.isNativeError(value) || value instanceof Error) {
    return errorFields(value);
  }
  if (types.isMap(value)) return mapEntries(value);
  if (types.isSet(value)) return setEntries(value);
  if (types.isBoxedPrimitive(value)) return unboxed(value);
  return value;
}

function dateText(date: Date): string | null {
  const millis = Date.prototype.getTime.call(date);
  return Number.isNaN(millis) ? null : Date.prototype.toISOString.call(date);
}

function errorFields(error: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of ['name', 'message', 'stack'] as const) {
    try {
      fields[key] = error[key];
    } catch (thrown) {
      fields[key] = throwsMarker(thrown);
    }
  }
  return fields;
}

function mapEntries(map: Map<unknown, unknown>): unknown {
  const fields: Record<string, unknown> = {};
  const pairs: [unknown, unknown][] = [];
  let allText = true;
  for (const [key, item] of Map.prototype.entries.call(map)) {
    if (pairs.length >= MAX_COLLECTED_ENTRIES) break;
    pairs.push([key, item]);
    if (typeof key === 'string') setOwnProperty(fields, key, item);
    else allText = false;
  }
  return allText ? fields : pairs;
}

function setEntries(set: Set<unknown>): unknown[] {
  const items: unknown[] = [];
  for (const item of Set.prototype.values.call(set)) {
    if (items.length >= MAX_COLLECTED_ENTRIES) break;
    items.push(item);
  }
  return items;
}

function unboxed(value: object): unknown {
  if (types.isStringObject(value)) return String.prototype.valueOf.call(value);
  if (types.isNumberObject(value)) return Number.prototype.valueOf.call(value);
  if (types.isBooleanObject(value)) return Boolean.prototype.valueOf.call(value);
  if (types.isBigIntObject(value)) return BigInt.prototype.valueOf.call(value);
  return undefined;
}
