import fc from 'fast-check';
import type { Variable } from '../../../../src/manifest/list-variables.ts';

/** Right texts of a variable with the values that they stand for, and texts that are wrong for it. */
export interface TextsOfKind {
  readonly right: fc.Arbitrary<readonly [text: string, value: unknown]>;
  /** Undefined where every text is right. */
  readonly wrong: fc.Arbitrary<string> | undefined;
}

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9./_-]{0,20}$/u);
const spaced = fc.constantFrom('', ' ', '\n', '\t ');

const pairs = fc.dictionary(
  fc.oneof(word, fc.constantFrom('a b', 'ä', '__proto__', '%', 'x,y')),
  fc.oneof(
    word,
    fc.constantFrom('', 'a,b=c;d', '100%', '{date:%Y-%m-%d}', 'Basic QWxhZGRpbg==', '✓'),
  ),
  { minKeys: 1, maxKeys: 5 },
);

/** By the beginning of what a kind says that it expects. */
const TEXTS: readonly (readonly [expected: string, texts: TextsOfKind])[] = [
  [
    '`true` or `false`',
    {
      right: fc
        .constantFrom('true', 'True', 'TRUE', 'false', 'False', ' false ')
        .map((text) => [text, text.trim().toLowerCase() === 'true'] as const),
      wrong: fc.constantFrom('1', '0', 'yes', 'no', 'on', 't', 'truee', 'undefined'),
    },
  ],
  [
    'a number',
    {
      right: fc
        .tuple(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), spaced)
        .map(([value, space]) => [`${space}${value}${space}`, Number(String(value))] as const),
      wrong: fc.constantFrom(
        'ten',
        '10s',
        '1,000',
        '1_000',
        '0x10',
        '64MiB',
        'NaN',
        'Infinity',
        '-',
      ),
    },
  ],
  [
    'numbers',
    {
      right: fc
        .array(fc.integer({ min: 300, max: 599 }), { minLength: 1, maxLength: 5 })
        .map((values) => [values.join(' , '), values] as const),
      wrong: fc.constantFrom('5xx', '500,x', '500;503'),
    },
  ],
  [
    'texts',
    {
      right: fc.oneof(
        fc
          .array(
            word.filter((item) => item.toLowerCase() !== 'none'),
            { minLength: 1, maxLength: 5 },
          )
          .map((values) => [values.join(', '), values] as const),
        fc.constantFrom(['none', []] as const, [' None ', []] as const),
      ),
      wrong: undefined,
    },
  ],
  [
    '`name=value` pairs',
    {
      right: pairs.map((map) => [encodePairs(map), map] as const),
      wrong: fc.constantFrom('secret-token', '=value', ' = ', 'a:b', '%ff=x', 'a=%ff'),
    },
  ],
  [
    'an http or https address',
    {
      right: fc
        .constantFrom('http://127.0.0.1:4566', 'https://logs.example/x?y')
        .map((text) => [`${text} `, text] as const),
      wrong: fc.constantFrom('localhost:4566', 'ftp://logs.example', 'nowhere', 'http://'),
    },
  ],
  [
    'a text with',
    {
      right: fc.constantFrom(
        ['none', ''] as const,
        ['\\r\\n', '\r\n'] as const,
        [' ', ' '] as const,
        ['\n', '\n'] as const,
        ['\\t|\\\\n', '\t|\\n'] as const,
        ['\\x', '\\x'] as const,
      ),
      wrong: undefined,
    },
  ],
];

const ANY_TEXT: TextsOfKind = {
  right: fc
    .tuple(fc.oneof(word, fc.constantFrom('logs-{service.name}', 'a b')), spaced)
    .map(([text, space]) => [`${space}${text}${space}`, text] as const),
  wrong: undefined,
};

export function textsOf({ kind }: Variable): TextsOfKind {
  if ('choices' in kind) return textsOfChoice(Object.keys(Object(kind.choices)));
  const found = TEXTS.find(([expected]) => kind.expected.startsWith(expected));
  return found?.[1] ?? ANY_TEXT;
}

function textsOfChoice(choices: readonly string[]): TextsOfKind {
  return {
    right: fc
      .constantFrom(...choices)
      .chain((value) =>
        fc.constantFrom(
          [value, value],
          [` ${value.toUpperCase()}`, value],
          [value.toLowerCase(), value],
        ),
      )
      .map(([text = '', value]) => [text, value] as const),
    wrong: word.filter((text) => !choices.some((one) => one.toLowerCase() === text.toLowerCase())),
  };
}

function encodePairs(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([name, value]) => `${encodeURIComponent(name)} = ${encodeURIComponent(value)}`)
    .join(',');
}
