import { closestText } from '../../closest-text.ts';
import type { DestinationName } from '../../destinations/manifests.ts';
import type { Environment, Warn } from '../../setup/environment/environment.ts';
import { parseLogsExporters } from '../../setup/environment/parse-logs-exporters.ts';
import { DESTINATION_NAMES } from '../destinations.ts';
import { UserError } from '../user-error.ts';

const NAMES: readonly string[] = DESTINATION_NAMES;

/** The exporters that the user names, else those of `OTEL_LOGS_EXPORTER`. @throws UserError when there is none. */
export function chooseExporters(
  named: readonly string[],
  environment: Environment,
  warn: Warn,
): readonly DestinationName[] {
  if (named.length > 0) return [...new Set(named.map(checkedName))];
  if (!environment['OTEL_LOGS_EXPORTER']) {
    throw new UserError(
      `Name an exporter (${NAMES.join(', ')}), or set OTEL_LOGS_EXPORTER as the application has it`,
      { exitCode: 2 },
    );
  }
  const names = parseLogsExporters(environment, warn);
  const ours = names.filter(isDestination);
  for (const name of names) {
    if (!isDestination(name)) warn(`${name} of OTEL_LOGS_EXPORTER is no exporter of collectorless`);
  }
  if (ours.length > 0) return ours;
  throw new UserError(
    `OTEL_LOGS_EXPORTER names no exporter of collectorless (${NAMES.join(', ')})`,
    { exitCode: 2 },
  );
}

function checkedName(word: string): DestinationName {
  const name = word.toLowerCase();
  if (isDestination(name)) return name;
  const closest = closestText(name, NAMES);
  const hint = closest === undefined ? '' : ` (did you mean ${closest}?)`;
  throw new UserError(`There is no exporter "${word}"${hint}; there are ${NAMES.join(', ')}`, {
    exitCode: 2,
  });
}

function isDestination(name: string): name is DestinationName {
  return NAMES.includes(name);
}
