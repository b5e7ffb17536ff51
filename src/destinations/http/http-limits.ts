/**
 * HTTP itself has no limits (RFC 9110, section 2.3 and 15.5.14); these are ours, with what common servers
 * take by default.
 */
export const HTTP_LIMITS = {
  /** 1 MiB is also what nginx takes as a body unless told otherwise (`client_max_body_size`). */
  defaultMaxRequestBytes: 1_048_576,
  /**
   * In a query: the whole request line may have 8 KB at nginx (`large_client_header_buffers`) and Apache
   * (`LimitRequestLine`); a little is left for the rest of the address.
   */
  defaultMaxQueryBytes: 7_500,
  minMaxRequestBytes: 256,
  defaultMaxRecords: 10_000,
  /** Of an answer that is only read so that the connection can be used again. */
  maxIgnoredAnswerBytes: 65_536,
  /** Of an answer that tells what became of the records. */
  maxAnswerBytes: 1_048_576,
  /** An answer whose end does not come within this time is taken as lost. */
  answerTimeoutMillis: 5_000,
  /** Redirects that are followed for one request. */
  maxRedirects: 3,
} as const;

/**
 * Statuses that pass with time: a request that came too slowly or too early, throttling, and all that a
 * server says of itself, except that it cannot do what it is asked (501, 505, 511). 520 to 530 are those of
 * Cloudflare for an origin that fails.
 */
export const DEFAULT_RETRY_STATUSES: readonly number[] = [
  408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 525, 527, 529, 530, 598,
  599,
];

/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes: these and no others. */
export const OTLP_RETRY_STATUSES: readonly number[] = [429, 502, 503, 504];

/**
 * Limits of a Sumo Logic HTTP source, read on 2026-11-21 at
 * https://help.sumologic.com/docs/send-data/hosted-collectors/http-source/logs-metrics/ and
 * https://help.sumologic.com/docs/manage/fields/
 */
export const SUMO_LOGIC_LIMITS = {
  /** "Up to but not exceeding 1MB of uncompressed data." */
  maxRequestBytes: 1_000_000,
  /** Of more fields the source drops the rest, with a warning in a 200. */
  maxFields: 30,
  /** A field with a longer value is dropped, with a warning in a 200. */
  maxFieldValueLength: 200,
} as const;
