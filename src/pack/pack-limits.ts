/** What one request of a service may hold. All sizes are of the bytes as packed. */
export interface PackLimits {
  /** Entries in a request. */
  readonly maxEntries: number;
  /** Bytes in a request, with `entryOverheadBytes` added for each entry. */
  readonly maxRequestBytes: number;
  /** Bytes of one entry, without the overhead; where `aggregate` is set, of one line. */
  readonly maxEntryBytes: number;
  /** The service refuses a shorter entry. Default 0. */
  readonly minEntryBytes?: number;
  /** Bytes that the service counts for each entry on top of its content. Default 0. */
  readonly entryOverheadBytes?: number;
  /** The times of a request's entries lie closer together than this. Default: no bound. */
  readonly maxSpanMillis?: number;
  /** Several records become one entry: at most `maxLines` of them, together within `maxEntryBytes`. */
  readonly aggregate?: { readonly maxLines: number; readonly maxBytes: number };
}
