/** Values that an application can log and that break a careless serializer; each call makes a new one. */
export const hostileValues: Readonly<Record<string, (random: () => number) => unknown>> = {
  cycle() {
    const cycle: Record<string, unknown> = { name: 'cycle', list: [1] };
    cycle['self'] = cycle;
    cycle['list'] = [cycle, { back: cycle }];
    return cycle;
  },
  deepObject: (random) => nest(1_000 + Math.floor(random() * 1_000), (inner) => ({ in: inner })),
  deepArray: () => nest(2_000, (inner) => [inner]),
  throwingGetter: () => ({
    before: 1,
    get broken(): never {
      throw new Error('getter');
    },
    after: 2,
  }),
  throwingToJson: () => ({
    kept: true,
    toJSON(): never {
      throw new Error('toJSON');
    },
  }),
  strangeToJson: () => ({ toJSON: () => undefined }),
  throwingProxy: () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('ownKeys');
        },
        get() {
          throw new Error('get');
        },
      },
    ),
  revokedProxy() {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  throwingString: () => ({
    toString(): never {
      throw new Error('toString');
    },
    [Symbol.toPrimitive](): never {
      throw new Error('toPrimitive');
    },
  }),
  bigInts: () => [0n, -1n, 2n ** 63n, 2n ** 64n - 1n, -(2n ** 200n)],
  loneSurrogates: () => ['\ud800', 'a\udfffb', '\udc00\ud800', { '\ud83d': '\ude00' }],
  controls: () =>
    Array.from({ length: 34 }, (_, code) => String.fromCharCode(code)).join('') +
    '\u007f\u0080\u2028\u2029\ufffe\uffff\u{1f600}\u{10ffff}',
  protoKeys: () =>
    JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":1},"toString":"x","":"empty"}',
    ),
  nullPrototype: () => Object.assign(Object.create(null), { __proto__: 'own', plain: 1 }),
  notNumbers: () => [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324],
  functionsAndSymbols: () => ({
    call: () => 1,
    symbol: Symbol('s'),
    [Symbol('key')]: 1,
    none: undefined,
  }),
  dates: () => [new Date(0), new Date(Number.NaN), new Date(8.64e15)],
  bytes: () => [
    new Uint8Array([0, 255, 128]),
    Buffer.from('x'),
    new Float64Array([1.5]),
    new ArrayBuffer(3),
  ],
  collections: () => ({ map: new Map([[{}, 1]]), set: new Set([1]), weak: new WeakMap() }),
  error() {
    const error = new Error('with a cause');
    error.cause = error;
    return error;
  },
  holes() {
    const holes: unknown[] = [1];
    holes[100] = 2;
    return holes;
  },
  wide: () => Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index])),
  longLine: (random) => `${'line\n'.repeat(50)}"${'\\'.repeat(Math.floor(random() * 50))}`,
  longKey: () => ({ ['k'.repeat(10_000)]: 1 }),
  emptiness: () => [{}, [], '', null, undefined],
  boxed: () => [Object(1), Object('s'), Object(true), Object(1n)],
};

function nest(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let nested: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) nested = wrap(nested);
  return nested;
}
