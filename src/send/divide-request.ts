import type { OutboundRequest, QueuedEntry } from './outbound-request.ts';

/**
 * Pieces of one entry that may be refused before the request is given up, when no piece was accepted:
 * then it is not one bad entry but the request's address or form that is wrong, and halving a batch of
 * 10,000 down to single entries would only be a storm of calls.
 */
const MAX_REFUSED_ALONE = 32;

/**
 * Halves a refused request, so that a single bad entry does not take its neighbours with it.
 * Answers nothing when it cannot be halved or when halving has proved useless.
 */
export function divideRequest<E extends QueuedEntry>(
  request: OutboundRequest<E>,
): [OutboundRequest<E>, OutboundRequest<E>] | undefined {
  const division = request.division ?? { refusedAlone: 0, delivered: 0 };
  if (request.entries.length < 2) {
    division.refusedAlone += 1;
    return undefined;
  }
  if (division.delivered === 0 && division.refusedAlone >= MAX_REFUSED_ALONE) return undefined;
  const middle = Math.ceil(request.entries.length / 2);
  const half = (entries: readonly E[]): OutboundRequest<E> => ({ ...request, entries, division });
  return [half(request.entries.slice(0, middle)), half(request.entries.slice(middle))];
}
