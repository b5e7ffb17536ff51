import { closestText } from '../../closest-text.ts';
import type { Environment, Warn } from './environment.ts';
import type { DestinationVariables } from './load-variables.ts';

/** Tells of each variable that is meant for the destination but is none of its: a slip, or code only. */
export function warnOfUnknown(
  { codeOnly, prefix, stem, variables }: DestinationVariables,
  environment: Environment,
  warn: Warn,
): void {
  const known = variables.map((variable) => variable.name);
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(stem) || !text || known.includes(name)) continue;
    const option = codeOnly.find((candidate) => candidate.name === name);
    const start = name.startsWith(prefix) ? prefix : stem;
    const closest = closestText(
      name.slice(start.length),
      known.map((variable) => variable.slice(start.length)),
    );
    const reason =
      option !== undefined
        ? `\`${option.option}\` ${option.reason}, which only code can give`
        : closest !== undefined
          ? `there is no such variable, did you mean ${start}${closest}?`
          : `there is no such variable of the exporter, whose names begin with ${prefix}`;
    warn(`${name} is ignored: ${reason}`);
  }
}
