/** Each makes a new value that breaks naive encoders. */
export const HOSTILE_FACTORIES: readonly (() => unknown)[] = [
  cycle,
  () => nested(1_500),
  () => ({
    get thrower(): never {
      throw new Error('getter');
    },
    after: 1,
  }),
  () => ({
    toJSON(): never {
      throw new Error('toJSON');
    },
    kept: 1,
  }),
  () => ({ toJSON: () => ({ toJSON: () => 'again', inner: 1 }) }),
  () => new Proxy({}, { ownKeys: () => raise('ownKeys') }),
  () => new Proxy({ a: 1 }, { get: () => raise('get') }),
  () => new Proxy({}, { getPrototypeOf: () => raise('prototype') }),
  () => revoked(),
  () => Object.create(null, { a: { value: 1, enumerable: true } }),
  () => new Error('boom'),
  () => new Set([1, 'two', cycle()]),
  () => new Map<unknown, unknown>([[{}, 1]]),
  () => new DataView(new ArrayBuffer(4)),
  () => new Float64Array([1.5]),
  () => new ArrayBuffer(3),
  () => Object('boxed'),
  () => ({ '\ud800': 1, '\ud801': 2, '\ufffd': 3 }),
  () => JSON.parse('{"__proto__": {"polluted": true}}'),
  // biome-ignore lint/suspicious/noSparseArray: holes are the point
  () => [1, , 3],
  () => raiseOnString(),
];

export function cycle(): object {
  const self: Record<string, unknown> = { a: 1 };
  self['self'] = self;
  return self;
}

export function nested(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { d: value };
  return value;
}

/** 2^levels leaves when it is unfolded, of only `levels` objects. */
export function sharedTree(levels: number): unknown {
  let value: unknown = 'leaf';
  for (let level = 0; level < levels; level++) value = { left: value, right: value };
  return value;
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

function raise(message: string): never {
  throw new Error(message);
}

/** Throws an error that throws when it is described. */
function raiseOnString(): unknown {
  const error = new Error('hidden');
  Object.defineProperty(error, 'message', { get: () => raise('again') });
  return {
    get nasty(): never {
      throw error;
    },
  };
}
