import type { LocalServiceName } from '../violations.ts';

/** What a fault may look at before it strikes. */
export interface FaultCall {
  readonly service: LocalServiceName;
  /** `PutRecordBatch`, or the method for the HTTP receiver. */
  readonly operation: string;
  /** Delivery stream, `group/stream`, queue name, or path. Empty when the call names none. */
  readonly target: string;
  /** The decoded input of an AWS call. */
  readonly input?: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The key that signed the call. */
  readonly accessKeyId?: string;
}

/** When a fault strikes. Every condition given must hold; none given means every call. */
export interface FaultConditions {
  readonly service?: LocalServiceName;
  readonly operation?: string;
  /** Share of the matching calls, 0 to 1, drawn from the seed. Default 1. */
  readonly rate?: number;
  /** Strikes at most so often. Default: without end, but once for `stream-deleted`. */
  readonly times?: number;
  /** Lets so many matching calls pass first. Default 0. */
  readonly after?: number;
  readonly match?: (call: FaultCall) => boolean;
}

/** Fails some entries of a call and really stores the others. */
export interface PartialFailureFault extends FaultConditions {
  readonly kind: 'partial-failure';
  /** Share of the entries, 0 to 1, drawn one by one from the seed. Default 0.5. */
  readonly fraction?: number;
  /** Exactly these entries (from 0) in place of `fraction`. */
  readonly entries?: readonly number[] | ((index: number) => boolean);
  /** Default `ServiceUnavailableException` (Firehose), `InternalError` (SQS). */
  readonly code?: string;
  /** SQS: says that the sender is to blame. Default false. */
  readonly senderFault?: boolean;
}

/** Any error of a service, for those that have no kind of their own. */
export interface ErrorFault extends FaultConditions {
  readonly kind: 'error';
  /** The error name: `AccessDeniedException`, `KmsThrottled`. */
  readonly name: string;
  readonly message?: string;
  /** Default 400. */
  readonly status?: number;
  /** Sent in place of the service's own error body. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A failure to inject. Only `service`, `operation`, `rate`, `times`, `after` and `match` decide when; a
 * fault never counts as a violation.
 */
export type Fault =
  | PartialFailureFault
  | ErrorFault
  /** The service's throttling error; `retryAfterSeconds` becomes a `Retry-After` header. */
  | (FaultConditions & { readonly kind: 'throttle'; readonly retryAfterSeconds?: number })
  /** 503. */
  | (FaultConditions & {
      readonly kind: 'service-unavailable';
      readonly retryAfterSeconds?: number;
    })
  /** 500. */
  | (FaultConditions & { readonly kind: 'internal-error' })
  /** The credentials have run out. */
  | (FaultConditions & { readonly kind: 'expired-credentials' })
  /** The target is said to be missing, though it is there. */
  | (FaultConditions & { readonly kind: 'not-found' })
  /** Another call creates the same thing at this moment (CloudWatch Logs). */
  | (FaultConditions & { readonly kind: 'operation-aborted' })
  /** Deletes the target just before the call. Strikes once unless `times` says otherwise. */
  | (FaultConditions & { readonly kind: 'stream-deleted'; readonly what?: 'stream' | 'group' })
  /** Connection reset, nothing stored. */
  | (FaultConditions & { readonly kind: 'reset-before-accept' })
  /** Everything stored, then the connection is reset. */
  | (FaultConditions & { readonly kind: 'reset-after-accept' })
  /** Never answers. `accept` says whether the call is stored all the same. Default false. */
  | (FaultConditions & { readonly kind: 'hang'; readonly accept?: boolean })
  /** Answers late. */
  | (FaultConditions & { readonly kind: 'delay'; readonly durationMillis: number })
  /** Stored, and the answer dribbles over `durationMillis`. Default 1,000. */
  | (FaultConditions & { readonly kind: 'slow-body'; readonly durationMillis?: number })
  /** Stored, but the answer is unusable. Default `garbage`. */
  | (FaultConditions & {
      readonly kind: 'malformed-answer';
      readonly form?: 'garbage' | 'half' | 'empty' | 'html';
    })
  /** Stored, but the checksums in the answer are wrong (SQS). */
  | (FaultConditions & { readonly kind: 'wrong-checksum' })
  /** The service's clock is off: calls signed more than 5 minutes away from it are refused. Default 10 minutes. */
  | (FaultConditions & { readonly kind: 'clock-skew'; readonly offsetMillis?: number });

/** The names of the faults there are. */
export type FaultKind = Fault['kind'];
