import { tell } from '../exporter/tell.ts';
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
      const hint = closest === undefined ? '' : `, did you mean \`${closest}\`?`;
      tell('warn', `${exporter}: \`${path}\` is ignored: there is no such option${hint}`);
    }
  } catch {
    // What cannot be listed, as a proxy may refuse it, was read option by option already.
  }
}
