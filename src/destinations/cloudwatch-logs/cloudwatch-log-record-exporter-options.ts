import type {
  CloudWatchLogsClient,
  CloudWatchLogsClientConfig,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { NameOption } from '../../route/target-name.ts';
import type { AwsClientOptions } from '../aws/aws-client-options.ts';

/** The options of `CloudWatchLogRecordExporter`. */
export type CloudWatchLogRecordExporterOptions = LogRecordExporterOptions &
  AwsClientOptions<CloudWatchLogsClient, CloudWatchLogsClientConfig> &
  CloudWatchLogsOptions;

/** The options that only CloudWatch Logs has. */
export interface CloudWatchLogsOptions {
  /**
   * The log group, 1 to 512 characters: a name, a template, or a function of the record.
   * @defaultValue the resource's `aws.log.group.names`, else `/otel/{service.name}`
   */
  readonly logGroupName?: NameOption;
  /**
   * The log stream, 1 to 512 characters without `:` and `*`: a name, a template, or a function.
   * @defaultValue the resource's `aws.log.stream.names`, else `{service.instance.id}`, else
   * `{host.name}/{process.pid}`
   */
  readonly logStreamName?: NameOption;
  /**
   * Create the log group when the service says that it does not exist.
   * @defaultValue true
   */
  readonly createLogGroup?: boolean;
  /**
   * Create the log stream when the service says that it does not exist.
   * @defaultValue true
   */
  readonly createLogStream?: boolean;
  /** Days that a log group created here keeps its events: 1, 3, 5, 7, 14, 30 … Default: for ever. */
  readonly retentionInDays?: number;
  /** Class of a log group created here: `STANDARD`, `INFREQUENT_ACCESS` … Default: the service's. */
  readonly logGroupClass?: string;
  /** Key that encrypts a log group created here. */
  readonly kmsKeyId?: string;
  /** Tags of a log group created here, at most 50. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The entity that the events belong to, for "Explore related" in CloudWatch. */
  readonly entity?: {
    readonly keyAttributes: Readonly<Record<string, string>>;
    readonly attributes?: Readonly<Record<string, string>>;
  };
  /**
   * What happens to events that are too old (14 days, or the retention) or too new (2 hours ahead):
   * dropped and counted, or sent once more under the present time. Their own time stays in the message.
   * @defaultValue 'drop'
   */
  readonly rejected?: 'drop' | 'restamp';
  /**
   * UTF-8 bytes of one event's message, 256 to 1,048,550.
   * @defaultValue 1048500
   */
  readonly maxEventBytes?: number;
}
