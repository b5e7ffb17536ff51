import { clockOffsetOf } from '../clock-check.ts';
import type { AwsClient } from './aws-destination.ts';
import { isAwsAnswer, type ObservedRequest, observe } from './observed-request.ts';

type Handler = AwsClient['config']['requestHandler'];

/** Hands requests to another handler and remembers the last one; or keeps them all to itself. */
export class ObservingHandler {
  readonly #inner: Handler;
  readonly #passesOn: boolean;
  last: ObservedRequest | undefined;

  constructor(inner: Handler, options: { readonly passesOn: boolean }) {
    this.#inner = inner;
    this.#passesOn = options.passesOn;
  }

  async handle(...args: Parameters<Handler['handle']>): ReturnType<Handler['handle']> {
    const observed = observe(args[0]);
    this.last = observed;
    if (!this.#passesOn) throw new Error('Looked at, not sent');
    const result = await this.#inner.handle(...args);
    const { headers, statusCode } = result.response;
    this.last = {
      ...observed,
      answer: {
        status: statusCode,
        mediaType: headers['content-type']?.split(';')[0],
        isOfService: isAwsAnswer(headers),
        clockOffsetMillis: clockOffsetOf(headers['date'], Date.now()),
      },
    };
    return result;
  }

  destroy(): void {
    this.#inner.destroy?.();
  }
}
