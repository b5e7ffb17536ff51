import type { KinesisClient, KinesisClientConfig } from '@aws-sdk/client-kinesis';
import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { NameOption } from '../../route/target-name.ts';
import type { AwsClientOptions } from '../aws/aws-client-options.ts';

/** The options of `KinesisLogRecordExporter`. */
export type KinesisLogRecordExporterOptions = LogRecordExporterOptions &
  AwsClientOptions<KinesisClient, KinesisClientConfig> &
  KinesisStreamOptions &
  KinesisOptions;

/** The data stream, by its name or by its ARN; exactly one of them. */
export type KinesisStreamOptions =
  | {
      /**
       * The data stream, 1 to 128 characters of `a-z A-Z 0-9 _ . -`: a name, a template such as
       * `logs-{service.name}`, or a function of the record.
       */
      readonly streamName: NameOption;
      readonly streamArn?: never;
    }
  | {
      readonly streamName?: never;
      /**
       * The ARN of the data stream, as for a stream of another account: fixed, a template whose placeholders
       * stand in the name, or a function of the record. A record for which the function answers no ARN is
       * dropped as `rejected`; beyond `maxTargets` the name in the ARN is `overflow`.
       */
      readonly streamArn: NameOption;
    };

/** The options that only Kinesis Data Streams has. */
export interface KinesisOptions {
  /**
   * What decides the shard, 1 to 256 characters: a text, a template such as `{service.name}`, or a function of
   * the record. Records with different keys go in different requests, so let there be few keys.
   * @defaultValue a key for each Kinesis record, which spreads them evenly over all shards
   */
  readonly partitionKey?: NameOption;
  /**
   * `lines` puts log records line by line into Kinesis records of up to 250,000 bytes, ten of the units of
   * 25 KB in which Kinesis bills; compressed ones are filled up to `maxRecordBytes`.
   * @defaultValue 'none': one Kinesis record a log record
   */
  readonly aggregation?: 'none' | 'lines';
  /**
   * Put after each log record of a text encoding: at most 16 characters. `''` for none.
   * @defaultValue '\n' with `aggregation: 'lines'`, else none
   */
  readonly delimiter?: string;
  /**
   * Bytes of one Kinesis record with its partition key, 4,096 to 10,485,760. More than 1,048,576 only for a
   * stream whose maximum record size was raised.
   * @defaultValue 1048576
   */
  readonly maxRecordBytes?: number;
  /**
   * Kinesis records in a request, 1 to 500.
   * @defaultValue 500
   */
  readonly maxRecordsPerRequest?: number;
  /**
   * Bytes of all records in a request with their partition keys, `maxRecordBytes` to 10,485,760.
   * @defaultValue 5000000, or `maxRecordBytes` where that is more
   */
  readonly maxRequestBytes?: number;
}
