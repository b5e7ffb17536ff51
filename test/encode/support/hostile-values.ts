import fc from 'fast-check';
import { HOSTILE_FACTORIES } from './hostile-objects.ts';

/** Strings of every kind that an encoder gets wrong: controls, quotes, lone surrogates, all UTF-8 lengths. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.constantFrom('a', '"', '\\', '\n', '\u0000', '\u001f', '\u007f', 'é', '€', '😀'), {
      maxLength: 120,
    })
    .map((parts) => parts.join('')),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('\ud800', 'x\udc00y', '\ud83d', '__proto__', 'toJSON', '', '\u2028\u2029'),
);

/** Plain values as they come from well-behaved applications. */
export const plainValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 12 }), tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** Makes a value that an encoder may choke on. A recipe, because the test framework looks at values itself. */
export type Recipe = () => unknown;

export const hostileValue: fc.Arbitrary<Recipe> = fc.letrec<{ value: Recipe }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    constantly(plainValue),
    constantly(anyText),
    constantly(fc.double()),
    constantly(fc.bigInt()),
    constantly(fc.uint8Array({ maxLength: 20 })),
    constantly(fc.date({ noInvalidDate: false })),
    constantly(fc.constantFrom(undefined, Symbol('s'), Number.NaN, Number.POSITIVE_INFINITY, -0)),
    fc.constantFrom(...HOSTILE_FACTORIES, () => () => 1),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => () => items.map((make) => make())),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4 }).map((fields) => () => made(fields)),
    fc
      .dictionary(anyText, tie('value'), { maxKeys: 3 })
      .map((fields) => () => new Map(Object.entries(made(fields)))),
  ),
})).value;

/** Carries out the recipes of a map. */
export function made(fields: Readonly<Record<string, Recipe>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, make]) => [key, make()]));
}

const hostileTime: fc.Arbitrary<Recipe> = fc.oneof(
  constantly(fc.tuple(fc.double(), fc.double())),
  constantly(fc.constant([1_700_000_000, 5])),
  hostileValue,
);

const hostileMap: fc.Arbitrary<Recipe> = fc.oneof(
  hostileValue,
  fc.dictionary(anyText, hostileValue).map((fields) => () => made(fields)),
);

/** Recipes for all fields of a record. */
export const hostileRecord: fc.Arbitrary<Record<string, Recipe>> = fc.record({
  hrTime: hostileTime,
  hrTimeObserved: hostileTime,
  severityNumber: hostileValue,
  severityText: hostileValue,
  eventName: hostileValue,
  body: hostileValue,
  spanContext: hostileValue,
  attributes: hostileMap,
  resource: fc.oneof(
    hostileValue,
    hostileMap.map((make) => () => ({ attributes: make() })),
  ),
  instrumentationScope: fc.oneof(
    hostileValue,
    hostileMap.map((make) => () => ({ name: 'lib', attributes: make() })),
  ),
  droppedAttributesCount: hostileValue,
});

function constantly(values: fc.Arbitrary<unknown>): fc.Arbitrary<Recipe> {
  return values.map((value) => () => value);
}
