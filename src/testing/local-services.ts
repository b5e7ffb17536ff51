import type { RecordedRequest } from './aws/aws-service.ts';
import type { AwsStoreOptions, AwsStores } from './aws-services.ts';
import type { Decoder } from './decode-json-lines.ts';
import type { Fault } from './faults/fault.ts';
import type { LocalHttp, LocalHttpOptions } from './http/local-http.ts';
import type { Violation } from './violations.ts';
import type { LocalZeroMq, LocalZeroMqOptions } from './zeromq/local-zero-mq.ts';

/** A key with which calls are signed. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The options of `startLocalServices`. */
export interface LocalServicesOptions extends AwsStoreOptions {
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
  /** Throttles past the services' quotas of calls and bytes a second (no violation). Default false. */
  readonly quotas?: boolean;
  /**
   * What `decoded` makes of the bytes that arrived. Default: the JSON value of each line, or the maps of
   * MessagePack, uncompressed.
   */
  readonly decode?: Decoder;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** More keys whose signatures are accepted beside those of `clientConfig`. */
  readonly acceptedCredentials?: readonly LocalCredentials[];
  /**
   * The AWS services listen at this port, HTTP at the next one and ZeroMQ at the one after that. Default: free
   * ports. Rejects with `EADDRINUSE` when one is taken.
   */
  readonly port?: number;
  readonly http?: LocalHttpOptions;
  /** True or its options starts the ZeroMQ receiver at once; needs the package `zeromq`. Default false. */
  readonly zeromq?: boolean | LocalZeroMqOptions;
}

/** What the AWS clients take to reach the local services. */
export interface LocalClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: LocalCredentials;
}

/** The running services and what arrived at them. */
export interface LocalServices extends AsyncDisposable, AwsStores {
  readonly clientConfig: LocalClientConfig;
  readonly http: LocalHttp;
  /** Started by the option `zeromq` or by `startZeroMq`. */
  readonly zeromq: LocalZeroMq;
  /** What the real services would have refused, in the order it came. Faults are not in it. */
  readonly violations: Violation[];
  /** All requests that were answered, reset or left hanging. */
  readonly requests: RecordedRequest[];
  /** Replaces the faults; their counts start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** Forgets what arrived at any service before this time (Unix milliseconds), for runs without an end. */
  forgetBefore(millis: number): void;
  /** Starts the ZeroMQ receiver if it does not run. Rejects when `zeromq` is not installed. */
  startZeroMq(): Promise<LocalZeroMq>;
  /**
   * AWS and HTTP stop listening and reset their connections, as in an outage; what is stored stays. Local services of
   * other processes leave their ports alone meanwhile.
   */
  pause(): Promise<void>;
  /** Listens again on the same ports. Rejects when a program has taken one; then it can be called again. */
  resume(): Promise<void>;
  /** Ends every connection and frees the port. Idempotent. */
  close(): Promise<void>;
  /** The same as `close`. */
  stop(): Promise<void>;
}
