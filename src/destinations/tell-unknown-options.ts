import { tellUnknownName } from '../exporter/tell-unknown-names.ts';
import { type OptionRows, unknownOptions } from '../manifest/unknown-options.ts';

/**
 * Warns of options that an exporter does not have: without types a slip would go unnoticed, and what it was
 * meant to protect too. They are not refused, as several exporters often share a configuration.
 *
 * Never throws, whatever the options are.
 */
export function tellUnknownOptions(exporter: string, options: object, table: OptionRows): void {
  try {
    for (const { closest, path } of unknownOptions(options, table)) {
      tellUnknownName(exporter, path, closest);
    }
  } catch {
    // What cannot be listed, as a proxy may refuse it, was read option by option already.
  }
}
