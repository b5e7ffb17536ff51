import { type DestinationName, MANIFESTS } from '../../destinations/manifests.ts';
import type { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import type { OptionValues } from './build-options.ts';

export type ConstructExporter = (options: OptionValues) => DestinationLogRecordExporter;

/**
 * Imports a destination.
 *
 * Each value has the type that its table promises. Whether all are there that must be, and go together, no
 * type can tell: the constructor checks it.
 */
export async function loadExporter(name: DestinationName): Promise<ConstructExporter> {
  const Exporter = await MANIFESTS[name].loadExporter();
  return (options) => new Exporter(options as never);
}
