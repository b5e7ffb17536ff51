import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { tellUnknownOptions } from '../tell-unknown-options.ts';
import { createHttpDestination } from './http-destination.ts';
import type { HttpLogRecordExporterOptions } from './http-log-record-exporter-options.ts';
import { HTTP_TABLE } from './http-table.ts';

/**
 * Exports log records to an HTTP endpoint: Sumo Logic, an OTLP/HTTP receiver, a service of your own.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class HttpLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: HttpLogRecordExporterOptions) {
    super({ ...options, destination: createHttpDestination(options) });
    tellUnknownOptions('HttpLogRecordExporter', options, HTTP_TABLE);
  }
}
