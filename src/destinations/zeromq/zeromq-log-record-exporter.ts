import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { tellUnknownOptions } from '../tell-unknown-options.ts';
import { createZeroMqDestination } from './zeromq-destination.ts';
import type { ZeroMqLogRecordExporterOptions } from './zeromq-log-record-exporter-options.ts';
import { ZEROMQ_TABLE } from './zeromq-table.ts';

/**
 * Exports log records over ZeroMQ, as messages of two frames: topic and body.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class ZeroMqLogRecordExporter extends DestinationLogRecordExporter {
  readonly #close: () => Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(options: ZeroMqLogRecordExporterOptions) {
    const destination = createZeroMqDestination(options);
    super({ ...options, destination });
    tellUnknownOptions('ZeroMqLogRecordExporter', options, ZEROMQ_TABLE);
    this.#close = () => destination.close();
  }

  /**
   * Hands over what it can within `shutdownTimeoutMillis`, drops the rest as `shut_down`, and lets ZeroMQ
   * send what it holds for up to `lingerMillis`. Never rejects.
   */
  override shutdown(): Promise<void> {
    this.#closed ??= super.shutdown().then(this.#close);
    return this.#closed;
  }
}
