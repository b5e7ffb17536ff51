import type { Dispatcher } from 'undici';
import { objectProperty } from '../../object-property.ts';
import type { RequestDispatcher, RequestHandler } from './exchange.ts';

export type GivenDispatcher = Pick<Dispatcher, 'dispatch'>;

export function isDispatcher(value: unknown): value is GivenDispatcher {
  return typeof objectProperty(value, 'dispatch') === 'function';
}

/** A dispatcher of the user's, made by whatever version of undici, as one that takes our handlers. */
export function foreignDispatcher(given: GivenDispatcher): RequestDispatcher {
  return {
    dispatch: (options, handler) => given.dispatch(options, handlerForAllVersions(handler)),
  };
}

/**
 * Undici 6 calls the first five methods and knows no others, undici 8 the other five; undici 7 and interceptors
 * made for it may call either. None of them needs its object, as interceptors derive handlers of their own from
 * it, by a prototype, by a proxy or by taking its methods.
 */
function handlerForAllVersions(
  handler: RequestHandler,
): Dispatcher.DispatchHandler & RequestHandler {
  return {
    onConnect: (abort) => handler.onConnect(abort),
    onHeaders: (statusCode, rawHeaders) => handler.onHeaders(statusCode, rawHeaders),
    onData: (piece) => handler.onData(piece),
    onComplete: () => handler.onComplete(),
    onError: (error) => handler.onError(error),

    onRequestStart: (controller) => handler.onConnect((reason) => controller.abort(reason)),
    onResponseStart(_, statusCode, headers: Record<string, HeaderValue>) {
      const raw = Object.entries(headers).flatMap(([name, value]) => [name, value ?? []]);
      handler.onHeaders(statusCode, raw);
    },
    onResponseData(_, piece) {
      handler.onData(piece);
    },
    onResponseEnd: () => handler.onComplete(),
    onResponseError: (_, error) => handler.onError(error),
  };
}

type HeaderValue = string | string[] | undefined;
