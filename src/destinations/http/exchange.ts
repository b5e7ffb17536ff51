import type { Dispatcher } from 'undici';
import { callUserFunction } from '../../call-user-function.ts';
import { systemRuntime } from '../../exporter/runtime.ts';
import type { Clock } from '../../send/clock.ts';
import { AnswerBody } from './answer-body.ts';
import { AnswerHeaders, type RawHeaders } from './answer-headers.ts';

/** An answer whose status and headers are there; the body comes behind them. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: AnswerHeaders;
  readonly body: AnswerBody;
}

/** What undici 7 calls while it makes a request, in the form that costs it least. */
export interface RequestHandler {
  onConnect(abort: (reason: Error) => void): void;
  /** Answers false to have the connection paused, as `onData` may; we never do. */
  onHeaders(statusCode: number, rawHeaders: RawHeaders): boolean;
  onData(piece: Uint8Array): boolean;
  onComplete(): void;
  onError(error: unknown): void;
}

export interface RequestDispatcher {
  dispatch(options: Dispatcher.DispatchOptions, handler: RequestHandler): unknown;
}

export interface ExchangeRequest extends Dispatcher.DispatchOptions {
  /** Also for interceptors of the user's, which may wait. */
  readonly signal: AbortSignal;
}

/**
 * Makes one request. Not by undici's own `request`, which makes a stream of each answer: that costs processor
 * time with each request, and of most answers nobody reads the body.
 *
 * @param clock For tests. Default: the system's.
 */
export function exchange(
  dispatcher: RequestDispatcher,
  request: ExchangeRequest,
  clock: Pick<Clock, 'startTimer'> = systemRuntime,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const handler = new Exchange({ signal: request.signal, clock, resolve, reject });
    callUserFunction(
      () => dispatcher.dispatch(request, handler),
      (thrown) => handler.onError(thrown),
    );
  });
}

interface ExchangeParts {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'startTimer'>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

class Exchange implements RequestHandler {
  readonly #signal: AbortSignal;
  readonly #clock: Pick<Clock, 'startTimer'>;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (reason: unknown) => void;
  #abort: ((reason: Error) => void) | undefined;
  #body: AnswerBody | undefined;

  constructor({ clock, reject, resolve, signal }: ExchangeParts) {
    this.#signal = signal;
    this.#clock = clock;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Called again when a dispatcher of the user's makes the request again. */
  onConnect(abort: (reason: Error) => void): void {
    this.#abort = abort;
    if (this.#signal.aborted) abort(reasonOf(this.#signal));
  }

  onHeaders(statusCode: number, rawHeaders: RawHeaders): boolean {
    // Something that comes before the answer, such as early hints (RFC 9110, section 15.2).
    if (statusCode < 200) return true;
    const body = new AnswerBody(this.#stop, this.#clock);
    this.#body = body;
    this.#resolve({ statusCode, headers: new AnswerHeaders(rawHeaders), body });
    return true;
  }

  onData(piece: Uint8Array): boolean {
    this.#body?.add(piece);
    return true;
  }

  onComplete(): void {
    this.#forgetSignal();
    if (this.#body === undefined) this.#reject(new Error('The request ended without an answer'));
    else this.#body.end();
  }

  onError(error: unknown): void {
    this.#forgetSignal();
    if (this.#body === undefined) this.#reject(error);
    else this.#body.lose();
  }

  readonly #onAbort = (): void => {
    this.#body?.lose();
    // Before there is a connection the request waits for it; see `onConnect`.
    this.#abort?.(reasonOf(this.#signal));
  };

  readonly #stop = (): void => {
    this.#forgetSignal();
    this.#abort?.(new Error('The rest of the answer is not wanted'));
  };

  #forgetSignal(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}

function reasonOf({ reason }: { readonly reason: unknown }): Error {
  return reason instanceof Error ? reason : new Error('The request was aborted');
}
