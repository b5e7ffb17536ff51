import assert from 'node:assert/strict';

/** Deep equality down to the sign of zero; only whether an object has a prototype makes no difference. */
export function assertSame(actual: unknown, expected: unknown): void {
  assert.deepEqual(withPrototypes(actual), withPrototypes(expected));
}

function withPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPrototypes);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  // No `Object.fromEntries`: a key may be `__proto__` and has to stay one.
  return new Map(Object.entries(value).map(([key, member]) => [key, withPrototypes(member)]));
}
