import type { DestinationName } from '../../destinations/manifests.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import type { CliIo } from '../cli-io.ts';
import { UserError } from '../user-error.ts';
import { chooseExporters } from './choose-exporters.ts';
import { withSetOptions } from './with-set-options.ts';
import { withoutSpool } from './without-spool.ts';

export interface SelectedExporter {
  readonly name: DestinationName;
  /** With what `--set` says, and without the spool. */
  readonly environment: Environment;
}

/** The exporters that a command is about. @throws UserError */
export async function selectExporters(
  names: readonly string[],
  set: readonly string[],
  { environment, stderr }: CliIo,
): Promise<readonly SelectedExporter[]> {
  const chosen = chooseExporters(names, environment, (message) => {
    stderr.write(`warning: ${message}\n`);
  });
  if (set.length > 0 && chosen.length > 1) {
    throw new UserError('--set needs one exporter: name it', { exitCode: 2 });
  }
  return Promise.all(
    chosen.map(async (name) => ({
      name,
      environment: await withoutSpool(name, await withSetOptions(name, environment, set)),
    })),
  );
}
