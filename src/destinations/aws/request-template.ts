import { randomUUID } from 'node:crypto';
import { isObject } from '../../is-object.ts';
import { objectProperty } from '../../object-property.ts';

const LENGTH_HEADER = 'content-length';
const ID_HEADER = 'amz-sdk-invocation-id';
const ATTEMPT_HEADER = 'amz-sdk-request';

/** Headers that an unsigned request has by its operation, its client and its length, and nothing else. */
const KNOWN_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'host',
  'user-agent',
  'x-amz-target',
  'x-amz-user-agent',
  'x-amzn-query-mode',
  LENGTH_HEADER,
  ID_HEADER,
  ATTEMPT_HEADER,
]);

/** An unsigned request of the SDK, to be made again with another body. */
export class RequestTemplate {
  readonly #request: object;
  readonly #headers: object;

  /** Undefined for a request of which more than the body may be its own: the next one may differ from it. */
  static of(request: unknown): RequestTemplate | undefined {
    const headers = objectProperty(request, 'headers');
    const query = objectProperty(request, 'query');
    if (!isObject(request) || !isObject(headers) || !isObject(query)) return undefined;
    const names = Object.keys(headers);
    const isKnown =
      LENGTH_HEADER in headers &&
      ID_HEADER in headers &&
      names.every((name) => KNOWN_HEADERS.has(name)) &&
      Object.keys(query).length === 0 &&
      // With more attempts the SDK's retries would be missed.
      objectProperty(headers, ATTEMPT_HEADER) === 'attempt=1; max=1';
    return isKnown ? new RequestTemplate(request, headers) : undefined;
  }

  private constructor(request: object, headers: object) {
    this.#headers = { ...headers };
    // Without the body, whose memory is used again.
    this.#request = { ...request, body: undefined };
    Object.setPrototypeOf(this.#request, Object.getPrototypeOf(request));
  }

  with(body: Uint8Array): object {
    const request: object = Object.create(Object.getPrototypeOf(this.#request));
    return Object.assign(request, this.#request, {
      headers: {
        ...this.#headers,
        [LENGTH_HEADER]: String(body.length),
        [ID_HEADER]: randomUUID(),
      },
      body,
    });
  }
}
