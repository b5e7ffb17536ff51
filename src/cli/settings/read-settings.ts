import type { DestinationName } from '../../destinations/manifests.ts';
import { buildOptions, type OptionValues } from '../../setup/environment/build-options.ts';
import { chooseAlternatives } from '../../setup/environment/choose-alternatives.ts';
import type { Environment, Warn } from '../../setup/environment/environment.ts';
import { loadVariables } from '../../setup/environment/load-variables.ts';
import { readVariables } from '../../setup/environment/read-variables.ts';
import { warnOfUnknown } from '../../setup/environment/warn-of-unknown.ts';

/** What the environment says of an exporter. */
export interface Settings {
  readonly options: OptionValues;
  /** Names of the variables that count. */
  readonly variables: readonly string[];
  /** Of each option that is required and not there, the variables of which one must be set. */
  readonly missing: readonly (readonly string[])[];
}

export async function readSettings(
  exporterName: DestinationName,
  environment: Environment,
  warn: Warn,
): Promise<Settings> {
  const destination = await loadVariables(exporterName);
  warnOfUnknown(destination, environment, warn);
  const read = readVariables(destination.variables, environment, warn);
  const { given, missing } = chooseAlternatives(destination, read, {}, warn);
  return {
    options: buildOptions(given, {}),
    variables: given.map(({ variable }) => variable.name),
    missing,
  };
}
