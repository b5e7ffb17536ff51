import { shownText } from '../../manifest/kinds/secrecy.ts';
import type { Variable } from '../../manifest/list-variables.ts';
import type { Environment, Warn } from './environment.ts';

/** What a variable gives. */
export interface GivenVariable {
  readonly variable: Variable;
  readonly value: unknown;
}

/**
 * The variables that are set, with their values. An empty one is unset; of one with a wrong text is told once,
 * and what is wrong of it is left out.
 */
export function readVariables(
  variables: readonly Variable[],
  environment: Environment,
  warn: Warn,
): readonly GivenVariable[] {
  return variables.flatMap((variable) => {
    const text = environment[variable.name];
    if (text === undefined || text === '') return [];
    const { problem, value } = variable.kind.read(text);
    if (problem !== undefined) {
      const ignored = value === undefined ? ' is ignored' : '';
      const got = shownText(text, variable.kind.secrecy);
      warn(`${variable.name}${ignored}: ${problem}, got ${got}`);
    }
    return value === undefined ? [] : [{ variable, value }];
  });
}
