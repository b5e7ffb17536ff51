import fc from 'fast-check';

/** One change of bytes; places are fractions, so that they fit any length. */
type Mutation = (bytes: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
  ([at, mask]): Mutation =>
    (bytes) => {
      const index = Math.floor(at * bytes.length);
      const flipped = Buffer.from(bytes);
      if (index < flipped.length) flipped[index] = (flipped[index] ?? 0) ^ mask;
      return flipped;
    },
);

const cut = fc.tuple(place, fc.integer({ min: 1, max: 64 })).map(([at, length]): Mutation => {
  return (bytes) => {
    const index = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + length)]);
  };
});

const breakOff = place.map(
  (at): Mutation =>
    (bytes) =>
      Buffer.from(bytes.subarray(0, Math.floor(at * bytes.length))),
);

/** What readers take for a beginning, an end or a length. */
const telling = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '\n',
    '}{"',
    '{"',
    '":',
    ',',
    '\u0000',
    '\ufeff',
    '&',
    '=',
  ].map((text) => Buffer.from(text)),
  ...['1f8b08', '28b52ffd', '81a974696d657374616d70', 'df7fffffff', 'ddffffffff', 'c6ffffffff'].map(
    (hex) => Buffer.from(hex, 'hex'),
  ),
);

const insert = fc
  .tuple(place, fc.oneof(telling, fc.uint8Array({ minLength: 1, maxLength: 40 })))
  .map(
    ([at, inserted]): Mutation =>
      (bytes) => {
        const index = Math.floor(at * bytes.length);
        return Buffer.concat([bytes.subarray(0, index), inserted, bytes.subarray(index)]);
      },
  );

const duplicate = fc.tuple(place, place, place).map(([from, to, at]): Mutation => {
  return (bytes) => {
    const [start = 0, end = 0] = [from, to]
      .map((one) => Math.floor(one * bytes.length))
      .sort((one, other) => one - other);
    const index = Math.floor(at * bytes.length);
    const copied = bytes.subarray(start, end);
    return Buffer.concat([bytes.subarray(0, index), copied, bytes.subarray(index)]);
  };
});

const mutation: fc.Arbitrary<Mutation> = fc.oneof(flip, cut, breakOff, insert, duplicate);

/** The same bytes with up to `maxCount` changes. */
export function mutated(
  bytes: fc.Arbitrary<Buffer>,
  { minCount = 1, maxCount = 5 }: { readonly minCount?: number; readonly maxCount?: number } = {},
): fc.Arbitrary<Buffer> {
  return fc
    .tuple(bytes, fc.array(mutation, { minLength: minCount, maxLength: maxCount }))
    .map(([whole, mutations]) => mutations.reduce((now, change) => change(now), whole));
}
