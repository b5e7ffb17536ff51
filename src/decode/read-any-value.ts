import { setOwnProperty } from '../encode/own-property.ts';
import { isMap } from '../is-map.ts';
import type { ValueMap } from './decoded-log-record.ts';
import { listOf, mapOf } from './read-fields.ts';

/** The value of an AnyValue of OTLP/JSON; null for one without a member. */
export function readAnyValue(value: unknown): unknown {
  if (!isMap(value)) return null;
  if ('stringValue' in value) return value['stringValue'];
  if ('intValue' in value) return integer(value['intValue']);
  if ('doubleValue' in value) return double(value['doubleValue']);
  if ('boolValue' in value) return value['boolValue'];
  if ('bytesValue' in value) return bytes(value['bytesValue']);
  if ('arrayValue' in value) return listOf(mapOf(value['arrayValue'])['values']).map(readAnyValue);
  if ('kvlistValue' in value) return readKeyValues(mapOf(value['kvlistValue'])['values']);
  return null;
}

/** The map of a KeyValue list. */
export function readKeyValues(list: unknown): ValueMap {
  const map: ValueMap = {};
  for (const item of listOf(list)) {
    if (isMap(item) && typeof item['key'] === 'string') {
      setOwnProperty(map, item['key'], readAnyValue(item['value']));
    }
  }
  return map;
}

function integer(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** JSON has no word for NaN and the infinities; protobuf writes them as strings. */
function double(value: unknown): unknown {
  return typeof value === 'string' ? Number(value) : value;
}

function bytes(value: unknown): unknown {
  return typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : null;
}
