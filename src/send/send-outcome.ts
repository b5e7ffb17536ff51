/** Why a record was dropped: one vocabulary everywhere (docs/delivery.md). */
export type DropReason =
  | 'too_large'
  | 'rejected'
  | 'too_old'
  | 'too_new'
  | 'expired'
  | 'timeout'
  | 'retry_exhausted'
  | 'buffer_full'
  | 'spool_full'
  | 'spool_expired'
  | 'shut_down'
  | 'invalid';

/** What became of one entry in a request that the service took apart. */
export type EntryOutcome =
  | { readonly status: 'delivered' }
  | {
      readonly status: 'retryable';
      readonly error?: Error;
      /** Send it as of this time: the service does not take its own. */
      readonly restampMillis?: number;
    }
  | {
      readonly status: 'rejected';
      readonly reason: DropReason;
      readonly error?: Error;
      /**
       * The entry was larger than this, the most that its target takes: it is cut or divided and sent
       * again, and what comes later is made to fit from the start.
       */
      readonly maxEntryBytes?: number;
    };

/**
 * The answer of a destination to one request.
 *
 * A sender throws only for bugs: an expected failure is one of these values.
 */
export type SendOutcome =
  | {
      readonly status: 'delivered';
      /** Of an answer by HTTP, for the metrics. An error says its own by a property of the same name. */
      readonly httpStatusCode?: number;
    }
  | {
      readonly status: 'retryable';
      readonly error: Error;
      /** The service's own wish (`Retry-After`); it wins over the back-off. 0 means at once. */
      readonly retryAfterMillis?: number;
      /** True when it is unlikely to pass by itself, such as a region that is not set: it is told at once. */
      readonly isMisconfigured?: boolean;
    }
  | {
      readonly status: 'rejected';
      readonly reason: DropReason;
      readonly error: Error;
      /** True when one bad entry may have failed its neighbours: the request is halved and sent again. */
      readonly divisible?: boolean;
      /**
       * True when nothing in the request is to blame, such as a key that may not write: whoever can keep the
       * records for long keeps them until it is mended.
       */
      readonly isMisconfigured?: boolean;
    }
  | {
      readonly status: 'partial';
      /** One per entry of the request, in its order. */
      readonly entries: readonly EntryOutcome[];
      readonly retryAfterMillis?: number;
      /** Of an answer by HTTP, for the metrics. */
      readonly httpStatusCode?: number;
    };
