import type { DestinationName } from '../destinations/manifests.ts';
import type { DestinationLogRecordExporter } from '../exporter/destination-log-record-exporter.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { objectProperty } from '../object-property.ts';
import { tell } from '../report/tell.ts';
import type { OptionValues } from './environment/build-options.ts';
import { chooseAlternatives } from './environment/choose-alternatives.ts';
import { constructWithFallback } from './environment/construct-with-fallback.ts';
import type { Environment, Warn } from './environment/environment.ts';
import { loadExporter } from './environment/load-exporter.ts';
import { type DestinationVariables, loadVariables } from './environment/load-variables.ts';
import { namedBy } from './environment/omissions.ts';
import { readVariables } from './environment/read-variables.ts';
import { warnOfUnknown } from './environment/warn-of-unknown.ts';
import { fromWorkingFolder, workingFolder } from './environment/working-folder.ts';

export type CreatedExporter =
  | { readonly exporter: DestinationLogRecordExporter }
  | { readonly error: Error };

/**
 * Loads a destination and makes its exporter of the environment's variables. What is wrong with one of them is
 * told once, and the exporter does without it.
 *
 * @param overrides Options given by code: they win over the environment.
 * @param warn Takes a line for each wrong variable. Default: a warning in OpenTelemetry's `diag`.
 * @param defaults Options in place of the exporter's own defaults, for what nobody gave, or gave wrong.
 * @returns The error, which names the variable to set, where there can be no exporter. Never rejects.
 */
export async function createDestinationExporter(
  name: DestinationName,
  environment: Environment,
  overrides: OptionValues = {},
  warn: Warn = (message) => tell('warn', message),
  defaults: OptionValues = {},
): Promise<CreatedExporter> {
  const folder = workingFolder();
  try {
    const destination = await loadVariables(name);
    warnOfUnknown(destination, environment, warn);
    const read = fromWorkingFolder(readVariables(destination.variables, environment, warn), folder);
    const { given, missing } = chooseAlternatives(destination, read, overrides, warn);
    if (missing.length > 0) {
      const names = missing.map((variables) => variables.join(' or '));
      return {
        error: new InvalidOptionError(`${name}: no logs go there, set ${names.join(', ')}`),
      };
    }
    const constructExporter = await loadExporter(name);
    const construct = (options: OptionValues) =>
      namingMissing(destination, { ...defaults, ...options }, constructExporter);
    const constructed = constructWithFallback(construct, given, overrides, warn);
    return 'value' in constructed
      ? { exporter: constructed.value }
      : { error: refusal(name, destination, constructed.error) };
  } catch (thrown) {
    return {
      error: new Error(`${name}: no logs go there, it cannot be loaded`, { cause: thrown }),
    };
  }
}

/** What a refusal names, and nobody gives, may be what is missing beside that which is given. */
function namingMissing<T>(
  { variables }: DestinationVariables,
  options: OptionValues,
  construct: (options: OptionValues) => T,
): T {
  try {
    return construct(options);
  } catch (thrown) {
    if (!(thrown instanceof InvalidOptionError)) throw thrown;
    const named = namedBy(thrown.message);
    const missing = variables.find(
      ({ option }) => named.includes(option) && !isGiven(option, options),
    );
    if (missing === undefined) throw thrown;
    throw new InvalidOptionError(`${thrown.message}; ${missing.name} is not set`, {
      cause: thrown,
    });
  }
}

/** Also a member of an option. */
function isGiven(option: string, options: OptionValues): boolean {
  const [group = '', member] = option.split('.');
  const value = options[group];
  return (member === undefined ? value : objectProperty(value, member)) !== undefined;
}

/** Names the variable of the option that the constructor blames. */
function refusal(name: string, { variables }: DestinationVariables, error: Error): Error {
  const [blamed] = namedBy(error.message).flatMap(
    (option) => variables.find((variable) => variable.option === option) ?? [],
  );
  const where =
    blamed === undefined || error.message.includes(blamed.name) ? '' : ` (${blamed.name})`;
  return new InvalidOptionError(`${name}: no logs go there: ${error.message}${where}`);
}
