import type { DropReason } from '../../../send/send-outcome.ts';
import type { DestinationDoctor } from '../destination-doctor.ts';

/** Stable names of causes, for scripts. */
export type CauseCode =
  | 'address_in_use'
  | 'bad_request'
  | 'clock_skew'
  | 'connection_refused'
  | 'connection_reset'
  | 'connection_timeout'
  | 'curve_mismatch'
  | 'expired_credentials'
  | 'forbidden'
  | 'incompatible_receiver'
  | 'invalid_configuration'
  | 'invalid_region'
  | 'kms_key'
  | 'method_not_allowed'
  | 'missing_configuration'
  | 'missing_credentials'
  | 'missing_package'
  | 'missing_permission'
  | 'missing_region'
  | 'missing_target'
  | 'no_answer'
  | 'no_receiver'
  | 'plain_to_tls_server'
  | 'proxy_authentication'
  | 'proxy_not_used'
  | 'redirected'
  | 'rejected_record'
  | 'service_unavailable'
  | 'throttled'
  | 'tls_expired'
  | 'tls_failure'
  | 'tls_hostname'
  | 'tls_to_plain_server'
  | 'tls_untrusted'
  | 'too_large'
  | 'unauthorized'
  | 'unknown'
  | 'unknown_access_key'
  | 'unknown_host'
  | 'unsupported_media_type'
  | 'wrong_endpoint'
  | 'wrong_region'
  | 'wrong_secret_key';

/** What is wrong, and what to do. */
export interface Diagnosis {
  readonly cause: CauseCode;
  /** What happened, one sentence or two. */
  readonly sentence: string;
  /** What to do about it. */
  readonly mend: string;
}

/** How something failed, as far as errors tell. */
export interface Failure {
  /** The service's name for it, a system code, a status, or the error's class. */
  readonly code: string;
  readonly message: string;
  readonly httpStatusCode?: number | undefined;
  /** Why the exporter dropped the test record. */
  readonly reason?: DropReason | undefined;
}

/** What is known of the set-up and was seen on the wire. */
export interface Facts {
  /** Scheme, host and port: a path may be a secret. */
  readonly origin?: string | undefined;
  readonly region?: string | undefined;
  /** The variable that decides where to send. */
  readonly addressVariable?: string | undefined;
  /** The variable that decides the region. */
  readonly regionVariable?: string | undefined;
  /** The target in words: "the queue `logs`". */
  readonly target?: string | undefined;
  /** The action of IAM that the last call needed: `sqs:SendMessage`. */
  readonly action?: string | undefined;
  /** Names of proxy variables that are set and meant for the origin. */
  readonly proxyVariables?: readonly string[] | undefined;
  /** The service's clock minus ours. */
  readonly clockOffsetMillis?: number | undefined;
  /** The media type of the last answer. */
  readonly answerType?: string | undefined;
  /** The status of the last answer. */
  readonly answerStatus?: number | undefined;
  /** Whether the last answer has a mark of AWS. */
  readonly isOfService?: boolean | undefined;
  /** A server at a plain `http:` origin that speaks TLS. */
  readonly speaksTls?: boolean | undefined;
  /** Keys for encryption are given (ZeroMQ). */
  readonly hasCurveKeys?: boolean | undefined;
  /** How long the test record had. */
  readonly timeoutMillis?: number | undefined;
}

/** Finds the cause that it knows, or leaves it to the next. */
export type Rule = (
  doctor: DestinationDoctor,
  failure: Failure,
  facts: Facts,
) => Diagnosis | undefined;
