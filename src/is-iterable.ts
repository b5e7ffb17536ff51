/** Has an iterator, as a `Map` has. Never throws: of a proxy that refuses to tell it is false. */
export function isIterable(value: object): boolean {
  try {
    return Symbol.iterator in value;
  } catch {
    return false;
  }
}
