import type { RecordedRequest } from './aws/aws-service.ts';
import type {
  LocalCloudWatchLogs,
  LocalCloudWatchLogsOptions,
} from './cloudwatch-logs/local-cloudwatch-logs.ts';
import type { Fault } from './faults/fault.ts';
import type { LocalFirehose, LocalFirehoseOptions } from './firehose/local-firehose.ts';
import type { Violation } from './violations.ts';

export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface LocalServicesOptions {
  /** Refuses what the real service would refuse. False only writes it down. Default true. */
  readonly strict?: boolean;
  /** Failures to inject; the first whose conditions hold strikes. Default none. */
  readonly faults?: readonly Fault[];
  /** Delay of each answer in milliseconds, after the call was carried out. Default 0. */
  readonly latencyMillis?: number;
  /** Decides what is random in `faults`. Default 1. */
  readonly seed?: number;
  /** The services' clock for ages and arrival times, Unix milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** More keys whose signatures are accepted beside those of `clientConfig`. */
  readonly acceptedCredentials?: readonly LocalCredentials[];
  readonly firehose?: LocalFirehoseOptions;
  readonly cloudWatchLogs?: LocalCloudWatchLogsOptions;
}

/** What the three AWS clients take to reach the local services. */
export interface LocalClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: LocalCredentials;
}

/** The running services and what arrived at them. */
export interface LocalServices extends AsyncDisposable {
  readonly clientConfig: LocalClientConfig;
  readonly firehose: LocalFirehose;
  readonly cloudWatchLogs: LocalCloudWatchLogs;
  /** What the real services would have refused, in the order it came. Faults are not in it. */
  readonly violations: Violation[];
  /** All requests that were answered, reset or left hanging. */
  readonly requests: RecordedRequest[];
  /** Replaces the faults; their counts start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** Ends every connection and frees the port. Idempotent. */
  close(): Promise<void>;
  /** The same as `close`. */
  stop(): Promise<void>;
}
