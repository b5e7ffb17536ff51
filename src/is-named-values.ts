import { isIterable } from './is-iterable.ts';
import { isMap } from './is-map.ts';

/**
 * An object that is written as names and values. A `Map` or `Headers` keeps them where no property shows them:
 * taken for such an object it would be an empty one.
 */
export function isNamedValues(value: unknown): value is Record<string, unknown> {
  return isMap(value) && !isIterable(value);
}
