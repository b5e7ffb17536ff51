import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isJsonObject } from '../../src/decode/is-json-object.ts';

const tokens = fc
  .array(
    fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '\\',
        '\\n',
        '\\u00e',
        '1',
        '-',
        '0',
        '.',
        'e',
        ' ',
      ],
      ...['true', 'null', 'x', 'é', '\n', '\u007f', '{"a":', '"a":1', '{}', '[]', '}'],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

it('agrees with JSON.parse on which texts are one object', () => {
  const text = fc.oneof(
    tokens.map((inside) => `{${inside}`),
    fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), tokens)
      .map(([value, at, part]) => {
        const whole = JSON.stringify(value, undefined, at % 3);
        const index = 1 + (at % whole.length);
        return `${whole.slice(0, index)}${part}${whole.slice(index + 1)}`;
      }),
  );
  fc.assert(
    fc.property(text, (untrimmed) => {
      const candidate = untrimmed.trimEnd();
      expect(isJsonObject(Buffer.from(candidate))).toBe(parses(candidate));
    }),
    { numRuns: 3_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
