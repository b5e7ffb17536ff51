import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { NameOption } from '../../route/target-name.ts';
import type { HttpAnswer, PartialAcceptance } from './partial-acceptance.ts';
import type { SumoLogicOptions } from './sumo-logic-headers.ts';

/** The options of `HttpLogRecordExporter`. */
export type HttpLogRecordExporterOptions = LogRecordExporterOptions & HttpOptions;

/** How records stand in the body of a request. */
export type HttpFraming = 'lines' | 'array' | 'single' | 'form';

/** The records of one request, as the `headers` function sees them. */
export interface HttpRequestGroup {
  /** What `groupBy` answered for them; `''` without `groupBy`. */
  readonly key: string;
  /** The resource of all of them; without attributes in the overflow target, which has records of many. */
  readonly resource: Pick<ReadableLogRecord['resource'], 'attributes'>;
  /** Their number. */
  readonly count: number;
}

/** Answers the headers of one request; a value that is `undefined` leaves its header out. */
export type HttpHeadersFunction = (
  group: HttpRequestGroup,
) =>
  | Readonly<Record<string, string | undefined>>
  | Promise<Readonly<Record<string, string | undefined>>>;

/** A dispatcher of whatever version of undici: each has types of its own for what its method takes. */
export interface UndiciDispatcher {
  dispatch(options: never, handler: never): boolean;
}

/** The options that only HTTP has. */
export interface HttpOptions {
  /**
   * Where to send: an `http:` or `https:` address, a template with placeholders in its path or query such as
   * `https://logs.example.com/{service.name}?tenant={attributes.tenant}`, a `URL`, or a function of the record.
   * Values are percent-encoded and never leave their path segment or query value; scheme and host are fixed
   * text unless a function gives the address. Credentials in it are refused.
   */
  readonly url: NameOption | URL;
  /**
   * The method. `GET` puts one record into the query and needs `framing: 'form'`.
   * @defaultValue 'POST'
   */
  readonly method?: 'POST' | 'PUT' | 'GET';
  /**
   * Headers by name, each a text, a template or a function of the record; or a function of the group that is
   * asked once for each request, for example for a token. A function that throws is asked again later; what
   * is no header drops the request's records as `invalid`.
   */
  readonly headers?: Readonly<Record<string, NameOption>> | HttpHeadersFunction;
  /** Answers the group a record belongs to; no request holds records of two groups. */
  readonly groupBy?: (
    record: ReadableLogRecord,
    resource: ReadableLogRecord['resource'],
  ) => string | undefined;
  /**
   * How records become a body: one a line, a JSON array, one record a request, or one record's top-level
   * fields as `application/x-www-form-urlencoded`. With `encoding: 'otlp-json'` an `array` is one message
   * with all records in its `resourceLogs`, as OTLP/HTTP receivers take it.
   * @defaultValue 'lines', with `encoding: 'otlp-json'` 'array'
   */
  readonly framing?: HttpFraming;
  /**
   * Bytes of a request's body (with `GET` of what is added to the query), before compression and with all
   * that the framing adds, 256 or more. After compression they are never more either.
   * @defaultValue 1048576, with `GET` 7500, with `preset: 'sumologic'` 1000000 (its limit)
   */
  readonly maxRequestBytes?: number;
  /**
   * Log records in a request, 1 or more.
   * @defaultValue 10000, with `framing` 'single' and 'form' 1
   */
  readonly maxRecordsPerRequest?: number;
  /**
   * Statuses, 300 to 599, after which the same request is tried again; `Retry-After` says when.
   * @defaultValue 408, 425, 429 and 5xx without 501, 505, 511; also 401 when `headers` is a function; with
   * `encoding: 'otlp-json'` 429, 502, 503, 504 as OTLP says
   */
  readonly retryStatuses?: readonly number[];
  /**
   * A dispatcher of undici 6, 7 or 8 to send with, for proxies, own TLS settings and client certificates. It stays
   * yours: the exporter never closes it. Proxy variables of the environment are not read.
   */
  readonly dispatcher?: UndiciDispatcher;
  /**
   * Reads a 2xx answer of a service that takes some records and refuses others: answers `'accepted'`, or the
   * indexes, from 0, of those refused for good and of those to be sent again. What it throws, and any other
   * answer, counts as accepted and is told to `diag`.
   */
  readonly partialAcceptance?: (
    answer: HttpAnswer,
  ) => PartialAcceptance | Promise<PartialAcceptance>;
  /** Put before `collectorless/<version>` in the `user-agent` header: 1 to 8,000 printable ASCII characters. Default: nothing. */
  readonly userAgent?: string;
  /** Settings for a service: `'sumologic'` sends the `X-Sumo-…` headers and keeps its limits. */
  readonly preset?: 'sumologic';
  /** What `preset: 'sumologic'` says of the records. */
  readonly sumo?: SumoLogicOptions;
}
