import type { SQSClient, SQSClientConfig } from '@aws-sdk/client-sqs';
import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { NameOption } from '../../route/target-name.ts';
import type { AwsClientOptions } from '../aws/aws-client-options.ts';

/** The options of `SqsLogRecordExporter`. */
export type SqsLogRecordExporterOptions = LogRecordExporterOptions &
  AwsClientOptions<SQSClient, SQSClientConfig> &
  SqsQueueOptions &
  SqsOptions;

/** The queue, by its address or by its name; exactly one of them. A name that ends in `.fifo` is FIFO. */
export type SqsQueueOptions =
  | {
      /**
       * The queue's address: fixed, a template whose placeholders stand after the host, or a function of the
       * record.
       */
      readonly queueUrl: NameOption;
      readonly queueName?: never;
    }
  | {
      readonly queueUrl?: never;
      /**
       * The queue's name, 1 to 80 characters of `a-z A-Z 0-9 _ -`: fixed, a template such as
       * `logs-{service.name}`, or a function of the record. What a name cannot have becomes `_`. The address
       * is looked up with GetQueueUrl when the first record goes.
       */
      readonly queueName: NameOption;
    };

/** The options that only SQS has. */
export interface SqsOptions {
  /**
   * `lines` puts log records line by line into messages of up to 64 KiB, the unit in which SQS bills a
   * call; compressed ones are filled up to `maxMessageBytes`.
   * @defaultValue 'none': one message a log record
   */
  readonly aggregation?: 'none' | 'lines';
  /**
   * The group whose messages a FIFO queue keeps in order, 1 to 128 ASCII characters; on a standard queue the
   * group of a fair queue. A template or a function of the record.
   * @defaultValue `{service.name}` on FIFO queues, none on others
   */
  readonly messageGroupId?: NameOption;
  /**
   * Message attributes by name, each a text: a template or a function of the record, of which 256 characters
   * are sent. At most 10, with `content-type` and `content-encoding` where bodies are bytes. Records with
   * different values go in different requests. For a FIFO queue they keep their order; those that differ by record are
   * refused with a `spool`, which would lose it.
   */
  readonly messageAttributes?: Readonly<Record<string, NameOption>>;
  /**
   * Bytes of a message with its attributes, 1,024 to 1,048,576. A queue that takes less says so; its limit is
   * used from then on.
   * @defaultValue 262144, which fits nearly every queue
   */
  readonly maxMessageBytes?: number;
  /**
   * Messages in a request, 1 to 10. With 1 the order of a FIFO group holds even when the service fails
   * messages one by one.
   * @defaultValue 10
   */
  readonly maxMessagesPerRequest?: number;
}
