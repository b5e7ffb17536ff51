import type { Dispatcher } from 'undici';
import type { RawHeaders } from './answer-headers.ts';
import type { RequestDispatcher, RequestHandler } from './exchange.ts';

/** A dispatcher of the user's, made by whatever version of undici, as one that takes our handlers. */
export function foreignDispatcher(given: Dispatcher): RequestDispatcher {
  return {
    dispatch: (options, handler) => given.dispatch(options, new HandlerForAllVersions(handler)),
  };
}

/**
 * Undici 6 calls the first five methods and knows no others, undici 8 the other five; undici 7 and interceptors
 * made for it may call either.
 */
class HandlerForAllVersions implements Dispatcher.DispatchHandler, RequestHandler {
  readonly #handler: RequestHandler;

  constructor(handler: RequestHandler) {
    this.#handler = handler;
  }

  onConnect(abort: (reason: Error) => void): void {
    this.#handler.onConnect(abort);
  }

  onHeaders(statusCode: number, rawHeaders: RawHeaders): boolean {
    return this.#handler.onHeaders(statusCode, rawHeaders);
  }

  onData(piece: Uint8Array): boolean {
    return this.#handler.onData(piece);
  }

  onComplete(): void {
    this.#handler.onComplete();
  }

  onError(error: unknown): void {
    this.#handler.onError(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#handler.onConnect((reason) => controller.abort(reason));
  }

  onResponseStart(_: unknown, statusCode: number, headers: Record<string, HeaderValue>): void {
    const raw = Object.entries(headers).flatMap(([name, value]) => [name, value ?? []]);
    this.#handler.onHeaders(statusCode, raw);
  }

  onResponseData(_: unknown, piece: Uint8Array): void {
    this.#handler.onData(piece);
  }

  onResponseEnd(): void {
    this.#handler.onComplete();
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#handler.onError(error);
  }
}

type HeaderValue = string | string[] | undefined;
