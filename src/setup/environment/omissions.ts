import { entryPath } from '../../entry-path.ts';
import { isMap } from '../../is-map.ts';
import type { GivenVariable } from './read-variables.ts';

/** What may be left out of the given values so that the rest is taken. */
export interface Omission {
  /** As a warning names it. */
  readonly shown: string;
  readonly left: readonly GivenVariable[];
}

/**
 * The options that a refusal names, in its order. They stand in backticks, perhaps with a value:
 * ``Expected `aggregation: 'lines'` with `compression: 'gzip'`, got …``. An entry of one is named as in
 * ``Expected the name of `headers.two words` to be …``, with whatever stands in its name.
 */
export function namedBy(message: string): readonly string[] {
  const [expectation = ''] = message.split(/, got /u, 1);
  return [
    ...expectation.matchAll(/`(?<option>[A-Za-z]\w*\.[^`]*|[A-Za-z][^`:\s]*)(?::[^`]*)?`/gu),
  ].map((match) => match.groups?.['option'] ?? '');
}

/**
 * What may be left out, the least that is lost first: of the options that the refusal names an entry, then the
 * value, the whole with its members; then each other value. Nothing where the refusal is of a value that is indispensable.
 */
export function omissions(
  named: readonly string[],
  given: readonly GivenVariable[],
): readonly Omission[] {
  const isNamed = ({ variable }: GivenVariable): boolean =>
    named.some((name) => isPartOf(name, variable.option) || isSibling(name, variable.option));
  if (given.some((one) => one.variable.isIndispensable && isNamed(one))) return [];
  const others = given.filter((one) => !one.variable.isIndispensable);
  return [
    ...named.flatMap((name) => others.flatMap((one) => withoutEntry(name, one, given))),
    ...named.flatMap((name) => omissionsOf(name, others, given)),
    ...others.map((one) => without([one], given)),
  ];
}

function omissionsOf(
  name: string,
  candidates: readonly GivenVariable[],
  given: readonly GivenVariable[],
): readonly Omission[] {
  const exact = candidates.filter(({ variable }) => isPartOf(name, variable.option));
  const group = candidates.filter(({ variable }) => isSibling(name, variable.option));
  return [
    ...exact.map((one) => without([one], given)),
    ...(group.length === 0 ? [] : [without(group, given)]),
  ];
}

/** `headers.x-tenant` is a part of `headers`. */
function isPartOf(name: string, option: string): boolean {
  return name === option || name.startsWith(`${option}.`);
}

/** `curve.publicKey` and `curve` are named for `curve.secretKey` too. */
function isSibling(name: string, option: string): boolean {
  const group = option.includes('.') ? option.split('.', 1)[0] : undefined;
  return group !== undefined && isPartOf(name, group);
}

function without(omitted: readonly GivenVariable[], given: readonly GivenVariable[]): Omission {
  return {
    shown: omitted.map(({ variable }) => variable.name).join(', '),
    left: given.filter((one) => !omitted.includes(one)),
  };
}

function withoutEntry(
  name: string,
  one: GivenVariable,
  given: readonly GivenVariable[],
): readonly Omission[] {
  const { value, variable } = one;
  if (!isMap(value)) return [];
  const entries = Object.entries(value);
  return entries
    .filter(([key]) => entryPath(variable.option, key) === name)
    .map(([omitted]) => {
      const rest = Object.fromEntries(entries.filter(([key]) => key !== omitted));
      return {
        shown: `\`${name.slice(variable.option.length + 1)}\` of ${variable.name}`,
        left: given.map((other) => (other === one ? { variable, value: rest } : other)),
      };
    });
}
