import { isMap } from '../../is-map.ts';
import type { GivenVariable } from './read-variables.ts';

export type OptionValues = Readonly<Record<string, unknown>>;

/** The options that the variables give, and those of code, which win; of an option with members, by member. */
export function buildOptions(
  given: readonly GivenVariable[],
  overrides: OptionValues,
): OptionValues {
  const options: Record<string, unknown> = {};
  for (const { value, variable } of given) {
    const [group = '', member] = variable.option.split('.');
    options[group] =
      member === undefined ? value : { ...membersOf(options[group]), [member]: value };
  }
  const isGroup = (name: string): boolean =>
    given.some(({ variable }) => variable.option.startsWith(`${name}.`));
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    options[name] =
      isGroup(name) && isMap(value) ? { ...membersOf(options[name]), ...value } : value;
  }
  return options;
}

function membersOf(value: unknown): object {
  return isMap(value) ? value : {};
}
