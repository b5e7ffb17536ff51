import { onTestFinished } from 'vitest';
import type { DestinationName } from '../../../../src/destinations/manifests.ts';
import type { DestinationLogRecordExporter } from '../../../../src/index.ts';
import { createDestinationExporter } from '../../../../src/setup/create-destination-exporter.ts';
import type { OptionValues } from '../../../../src/setup/environment/build-options.ts';
import type { Environment } from '../../../../src/setup/environment/environment.ts';

export interface CreatedForTest {
  readonly exporter: DestinationLogRecordExporter | undefined;
  readonly error: Error | undefined;
  readonly warnings: readonly string[];
}

/** An exporter of variables, with the warnings that it cost; shut down when the test ends. */
export async function create(
  name: DestinationName,
  environment: Environment,
  overrides?: OptionValues,
): Promise<CreatedForTest> {
  const warnings: string[] = [];
  const created = await createDestinationExporter(name, environment, overrides, (line) =>
    warnings.push(line),
  );
  if ('error' in created) return { exporter: undefined, error: created.error, warnings };
  onTestFinished(() => created.exporter.shutdown());
  return { exporter: created.exporter, error: undefined, warnings };
}
