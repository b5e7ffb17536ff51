import { objectProperty } from './object-property.ts';

/** True for an object that has a method of this name, whatever class it is of. */
export function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<Name, () => unknown> {
  return typeof objectProperty(value, name) === 'function';
}
