import type { IncomingHttpHeaders } from 'node:http';
import { type Decoder, decodeJsonLines, linesOf, parsedOrText } from '../decode-json-lines.ts';
import { dropFirst } from '../drop-first.ts';

/** A request as the HTTP receiver got it. */
export interface ReceivedHttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** After undoing `content-encoding`. */
  readonly body: Buffer;
  /** Bytes of the body as sent. */
  readonly wireBytes: number;
  /** What was answered; undefined when nothing was. */
  readonly status: number | undefined;
  /** False when the request was refused, or lost before it was taken in. */
  readonly accepted: boolean;
  readonly receivedAtMillis: number;
}

/** A scripted answer. */
export interface HttpAnswer {
  /** Default 200. Anything but 2xx counts as refused. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Answers only these requests: one group by its path or headers. Default all. */
  readonly match?: (request: Omit<ReceivedHttpRequest, 'status' | 'accepted'>) => boolean;
  /** How often it is given. Default 1. */
  readonly times?: number;
}

/** What the local HTTP receiver takes. */
export interface LocalHttpOptions {
  /** Past so many bytes (uncompressed) the answer is 413. Default: no bound. */
  readonly maxRequestBytes?: number;
  /** A request without these headers gets 401: `{ authorization: 'Bearer x' }` or a pattern. */
  readonly requiredHeaders?: Readonly<Record<string, string | RegExp>>;
  /** False counts what arrives and forgets it, for long runs. Default true. */
  readonly keepRequests?: boolean;
}

/** What arrived at the local HTTP receiver. */
export class LocalHttp {
  /** Every request in the order of arrival, refused ones too. */
  readonly requests: ReceivedHttpRequest[] = [];
  requestCount = 0;
  /** Bytes of all bodies, uncompressed. */
  byteCount = 0;
  maxRequestBytes: number | undefined;
  requiredHeaders: Readonly<Record<string, string | RegExp>>;
  readonly #url: () => string;
  readonly #keep: boolean;
  readonly #decode: Decoder;
  #script: { readonly answer: HttpAnswer; remaining: number }[] = [];

  constructor(
    url: () => string,
    options: LocalHttpOptions = {},
    decode: Decoder = decodeJsonLines,
  ) {
    this.#decode = decode;
    this.#url = url;
    this.#keep = options.keepRequests ?? true;
    this.maxRequestBytes = options.maxRequestBytes;
    this.requiredHeaders = options.requiredHeaders ?? {};
  }

  /** Where to send to; any path below it is taken. */
  get url(): string {
    return this.#url();
  }

  /** The requests that were taken in. */
  get accepted(): ReceivedHttpRequest[] {
    return this.requests.filter(({ accepted }) => accepted);
  }

  get lines(): string[] {
    return this.accepted.flatMap(({ body }) => linesOf(body));
  }

  /** What the bodies that were taken in hold, by the option `decode`; the items of a JSON array. */
  get decoded(): unknown[] {
    return this.accepted.flatMap(({ body }) => {
      // Only `[` begins an array: the rest need not be parsed twice.
      const whole = body[0] === 0x5b ? parsedOrText(body.toString('utf8')) : undefined;
      return Array.isArray(whole) ? whole : this.#decode(body);
    });
  }

  /** Answers the next requests so, in this order; then 200 again. */
  respondWith(...answers: readonly HttpAnswer[]): void {
    this.#script.push(...answers.map((answer) => ({ answer, remaining: answer.times ?? 1 })));
  }

  nextAnswer(request: Omit<ReceivedHttpRequest, 'status' | 'accepted'>): HttpAnswer | undefined {
    const step = this.#script.find(
      ({ answer, remaining }) => remaining > 0 && (answer.match?.(request) ?? true),
    );
    if (step !== undefined) step.remaining -= 1;
    return step?.answer;
  }

  store(request: ReceivedHttpRequest): void {
    this.requestCount += 1;
    this.byteCount += request.body.length;
    if (this.#keep) this.requests.push(request);
  }

  /** Forgets the requests that arrived before this time; their counts stay. */
  forgetBefore(millis: number): void {
    dropFirst(this.requests, ({ receivedAtMillis }) => receivedAtMillis < millis);
  }

  /** Forgets the requests and the script. */
  clear(): void {
    this.requests.length = 0;
    this.requestCount = 0;
    this.byteCount = 0;
    this.#script = [];
  }
}
