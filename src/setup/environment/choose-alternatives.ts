import type { OptionValues } from './build-options.ts';
import type { Warn } from './environment.ts';
import type { DestinationVariables } from './load-variables.ts';
import type { GivenVariable } from './read-variables.ts';

export interface ChosenVariables {
  readonly given: readonly GivenVariable[];
  /** Of each option that is required and not there, the variables of which one must be set. */
  readonly missing: readonly (readonly string[])[];
}

/**
 * The variables without those in whose place stands another: an option of code, or the first of the options
 * that exclude each other.
 */
export function chooseAlternatives(
  { alternatives, variables }: DestinationVariables,
  given: readonly GivenVariable[],
  overrides: OptionValues,
  warn: Warn,
): ChosenVariables {
  const missing: (readonly string[])[] = [];
  let left = given;
  for (const { isRequired, options } of alternatives) {
    const [chosen, ...others] = options.filter((option) => left.some(isOf(option)));
    const coded = options.find((option) => overrides[option] !== undefined);
    if (coded !== undefined) {
      left = left.filter((one) => !options.some((option) => option !== coded && isOf(option)(one)));
    } else if (chosen !== undefined) {
      const isLater = (one: GivenVariable): boolean => others.some((option) => isOf(option)(one));
      const winner = left.find(isOf(chosen))?.variable.name;
      for (const { variable } of left.filter(isLater)) {
        warn(`${variable.name} is ignored: ${winner} is set`);
      }
      left = left.filter((one) => !isLater(one));
    } else if (isRequired) {
      missing.push(variables.filter(({ option }) => options.includes(option)).map(nameOf));
    }
  }
  return { given: left, missing };
}

/** Also of a member of the option. */
function isOf(option: string): (given: GivenVariable) => boolean {
  return ({ variable }) => variable.option === option || variable.option.startsWith(`${option}.`);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
