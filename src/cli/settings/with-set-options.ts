import { closestText } from '../../closest-text.ts';
import type { DestinationName } from '../../destinations/manifests.ts';
import type { Variable } from '../../manifest/list-variables.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import {
  type DestinationVariables,
  loadVariables,
} from '../../setup/environment/load-variables.ts';
import { UserError } from '../user-error.ts';

/**
 * The environment as if the variables of these options were set; each assignment is `option=value`, as
 * `queueName=logs` or `clientConfig.region=eu-west-1`.
 * @throws UserError for an option that there is not, and for a value that it cannot have.
 */
export async function withSetOptions(
  exporterName: DestinationName,
  environment: Environment,
  assignments: readonly string[],
): Promise<Environment> {
  const destination = await loadVariables(exporterName);
  const changed: Record<string, string | undefined> = { ...environment };
  for (const assignment of assignments) {
    const separator = assignment.indexOf('=');
    if (separator < 1) {
      throw usage(`Expected --set option=value, got "${assignment}"`);
    }
    const variable = findVariable(exporterName, destination, assignment.slice(0, separator));
    const value = assignment.slice(separator + 1);
    const problem = value === '' ? undefined : variable.kind.read(value).problem;
    if (problem !== undefined) throw usage(`--set ${variable.option}: ${problem}`);
    for (const name of inPlaceOf(destination, variable.option)) delete changed[name];
    changed[variable.name] = value;
  }
  return changed;
}

function findVariable(
  exporterName: string,
  { codeOnly, variables }: DestinationVariables,
  option: string,
): Variable {
  const variable = variables.find((candidate) => candidate.option === option);
  if (variable !== undefined) return variable;
  const onlyInCode = codeOnly.find((candidate) => candidate.option === option);
  if (onlyInCode !== undefined) {
    throw usage(`--set ${option}: it ${onlyInCode.reason}, which only code can give`);
  }
  const closest = closestText(
    option,
    variables.map((candidate) => candidate.option),
  );
  const hint = closest === undefined ? '' : `, did you mean ${closest}?`;
  throw usage(`--set ${option}: ${exporterName} has no such option${hint}`);
}

/** The variables of the options that the one excludes: what is given here wins. */
function inPlaceOf(
  { alternatives, variables }: DestinationVariables,
  option: string,
): readonly string[] {
  const others = alternatives
    .filter(({ options }) => options.includes(option))
    .flatMap(({ options }) => options);
  return variables.filter((variable) => others.includes(variable.option)).map(({ name }) => name);
}

function usage(message: string): UserError {
  return new UserError(message, { exitCode: 2 });
}
