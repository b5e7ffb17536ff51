import type { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import type { LocalServices } from '../../testing/index.ts';
import type { RequestLimit } from './delivery-report.ts';

/** What the demo knows of a destination; all loads when it is used. */
export interface DestinationDemo {
  /** Imports the package that it needs; rejects when it is not installed. */
  readonly loadPackage?: () => Promise<unknown>;
  readonly createExporter: (services: LocalServices) => Promise<DestinationLogRecordExporter>;
  /**
   * Variables with which an application's records get there, beside `OTEL_LOGS_EXPORTER` and those of AWS.
   * Starts what is not running.
   */
  readonly environment: (services: LocalServices) => Promise<Readonly<Record<string, string>>>;
  /** Every record that is stored now, decoded. */
  readonly storedRecords: (services: LocalServices) => readonly unknown[];
  readonly requestLimit?: RequestLimit;
}
