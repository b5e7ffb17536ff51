import type { FirehoseClient, FirehoseClientConfig } from '@aws-sdk/client-firehose';
import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { NameOption } from '../../route/target-name.ts';
import type { AwsClientOptions } from '../aws/aws-client-options.ts';

/** The options of `FirehoseLogRecordExporter`. */
export type FirehoseLogRecordExporterOptions = LogRecordExporterOptions &
  AwsClientOptions<FirehoseClient, FirehoseClientConfig> &
  FirehoseOptions;

/** The options that only Firehose has. */
export interface FirehoseOptions {
  /**
   * The delivery stream, 1 to 64 characters of `a-z A-Z 0-9 _ . -`: a name, a template such as
   * `logs-{service.name}`, or a function of the record.
   */
  readonly deliveryStreamName: NameOption;
  /**
   * `lines` puts up to 500 log records into one Firehose record. Firehose bills each of its records as a
   * multiple of 5 KB, so this costs a fraction; it takes the lines apart again where it must.
   * @defaultValue 'none'
   */
  readonly aggregation?: 'none' | 'lines';
  /**
   * Put after each log record of a text encoding, as Firehose itself puts nothing between records: at
   * most 16 characters. `''` for none.
   * @defaultValue '\n'
   */
  readonly delimiter?: string;
  /**
   * Bytes of one Firehose record, 2,048 to 1,024,000.
   * @defaultValue 1024000
   */
  readonly maxRecordBytes?: number;
  /**
   * Firehose records in a request, 1 to 500.
   * @defaultValue 500
   */
  readonly maxRecordsPerRequest?: number;
  /**
   * Bytes of all records in a request, `maxRecordBytes` to 4,194,304.
   * @defaultValue 4000000
   */
  readonly maxRequestBytes?: number;
}
