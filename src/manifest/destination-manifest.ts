import type { DestinationLogRecordExporter } from '../exporter/destination-log-record-exporter.ts';
import type { OptionRow } from './option-table.ts';

/**
 * What the set-up without code and the command line know of a destination before they use it. All else loads
 * when it is asked for: an application pays for its own destinations only.
 */
export interface DestinationManifest {
  /** As in `OTEL_LOGS_EXPORTER`, and the name of the folder. */
  readonly name: string;
  /** The package that it needs beside what npm installs by itself. */
  readonly packageName?: string;
  /** What all its variables begin with: `OTEL_EXPORTER_CLOUDWATCH_LOGS_`. */
  readonly prefix: string;
  /**
   * What a variable that is meant for it begins with, though it may be none: `OTEL_EXPORTER_CLOUDWATCH_`.
   * Default: the prefix.
   */
  readonly stem?: string;
  /** Options of which one takes the place of the others. */
  readonly alternatives: readonly Alternatives[];
  /** It hands over what it was given while it closes, and not by a flush alone. */
  readonly sendsWhileClosing?: true;
  /** Imports its table of variables: an `OptionTable`, which the compiler compares with the options. */
  loadTable(): Promise<Readonly<Record<string, OptionRow<unknown>>>>;
  /** Imports its class. */
  loadExporter(): Promise<ExporterClass>;
}

export interface Alternatives {
  readonly options: readonly string[];
  /** There is no exporter without one of them. */
  readonly isRequired: boolean;
}

export type ExporterClass = new (options: never) => DestinationLogRecordExporter;
