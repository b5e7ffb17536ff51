import type { OutboundRequest, QueuedEntry } from './outbound-request.ts';
import type { OutstandingRequests } from './outstanding-requests.ts';
import type { RequestSchedulerOptions } from './request-scheduler-options.ts';

const SHUT_DOWN = 'Shut down before it was sent';

/** How a request ends: answered, or without an answer that would decide it. */
export class RequestEnds<E extends QueuedEntry, T> {
  readonly #options: Pick<RequestSchedulerOptions<E, T>, 'clock' | 'observer'>;
  readonly #outstanding: OutstandingRequests;

  constructor(
    options: Pick<RequestSchedulerOptions<E, T>, 'clock' | 'observer'>,
    outstanding: OutstandingRequests,
  ) {
    this.#options = options;
    this.#outstanding = outstanding;
  }

  /** Its deadline passed, or passes before the next attempt. */
  late(target: T, request: OutboundRequest<E>): void {
    const failure = request.lastFailure;
    const error = failure?.error ?? new Error('The deadline passed before a first attempt');
    const reason = failure === undefined || failure.timedOut ? 'timeout' : 'retry_exhausted';
    this.#options.observer.dropped(target, request.entries, reason, error);
    this.finish(target, request, error);
  }

  /** Nothing is sent any more. */
  stopped(target: T, request: OutboundRequest<E>, why: Error = new Error(SHUT_DOWN)): void {
    const error = request.lastFailure?.error ?? why;
    this.#options.observer.dropped(target, request.entries, 'shut_down', error);
    this.finish(target, request, error);
  }

  /** All its entries are decided. What was never attempted was no operation: it took no time. */
  finish(
    target: T,
    request: OutboundRequest<E>,
    error: Error | undefined,
    answer?: { readonly httpStatusCode?: number },
  ): void {
    const { clock, observer } = this.#options;
    const { firstAttemptMillis } = request;
    if (firstAttemptMillis !== undefined) {
      const durationMillis = clock.monotonicMillis() - firstAttemptMillis;
      observer.finished(target, durationMillis, error, answer?.httpStatusCode);
    }
    this.#outstanding.end(request.id);
  }
}
