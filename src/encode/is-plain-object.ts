import { types } from 'node:util';

/** True for an object that is nothing but its fields: to look at them runs no code but their getters. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // A prototype can be set; what an object is stays.
  return !('toJSON' in value) && !ArrayBuffer.isView(value) && !types.isDate(value);
}
