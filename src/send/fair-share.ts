import type { Lane } from './lane.ts';
import type { QueuedEntry } from './outbound-request.ts';

/** Requests in flight at a time, of all targets together. */
export interface ConcurrencyLimits {
  readonly concurrencyLimit: number;
  /** While requests pile up for a target that answers well. Default: no more than else. */
  readonly backlogConcurrencyLimit?: number;
}

/** What is in flight, of all lanes together. */
export interface InFlight {
  readonly laneCount: number;
  readonly requests: number;
  /** Of each lane no more than its share. */
  readonly sharedRequests: number;
  /** Of lanes that fail or have not proved themselves. */
  readonly doubtfulRequests: number;
}

/** Looked up once for all lanes until a request starts: else each of a thousand lanes would look at all others. */
export function inFlightOf<E extends QueuedEntry, T>(
  lanes: readonly Lane<E, T>[],
  { concurrencyLimit, backlogConcurrencyLimit = concurrencyLimit }: ConcurrencyLimits,
): InFlight {
  const mayExceed = backlogConcurrencyLimit > concurrencyLimit;
  // What a lane has in flight beyond its share is there for its backlog, and takes no place of others.
  const share =
    mayExceed && lanes.length > 1 ? Math.ceil(concurrencyLimit / 2) : Number.POSITIVE_INFINITY;
  let requests = 0;
  let sharedRequests = 0;
  let doubtfulRequests = 0;
  for (const lane of lanes) {
    const { inFlight } = lane;
    requests += inFlight;
    sharedRequests += Math.min(share, inFlight);
    if (isDoubtful(lane)) doubtfulRequests += inFlight;
  }
  return { laneCount: lanes.length, requests, sharedRequests, doubtfulRequests };
}

/**
 * May the lane have one more request in flight?
 *
 * A target that has others beside it never takes the last free places, and one that fails or has not
 * proved itself gets a single place, all such together half of them: a dead target leaves room for the living.
 */
export function mayStart<E extends QueuedEntry, T>(
  lane: Lane<E, T>,
  inFlight: InFlight,
  limits: ConcurrencyLimits,
): boolean {
  const { concurrencyLimit, backlogConcurrencyLimit = concurrencyLimit } = limits;
  const mayExceed = backlogConcurrencyLimit > concurrencyLimit;
  if (
    mayExceed &&
    isBackedUp(lane, concurrencyLimit) &&
    inFlight.requests < backlogConcurrencyLimit
  )
    return true;
  const free = concurrencyLimit - inFlight.sharedRequests;
  if (free <= 0) return false;
  if (lane.isTroubled && lane.inFlight > 0) return false;
  const doubtfulLimit = Math.max(1, Math.floor(concurrencyLimit / 2));
  if (inFlight.laneCount === 1) {
    // A dead target that came first leaves a place for the one that comes next.
    return !isDoubtful(lane) || lane.inFlight < Math.max(1, doubtfulLimit - 1);
  }
  if (!isDoubtful(lane)) return lane.inFlight === 0 || lane.inFlight < free;
  return lane.inFlight === 0 && inFlight.doubtfulRequests < doubtfulLimit;
}

/**
 * It answers well, and as many requests as may be in flight wait for a place. Halves of a request that was
 * refused come first and are no backlog: each of them that is refused makes the next ones unlikely to pass.
 */
function isBackedUp<E extends QueuedEntry, T>(lane: Lane<E, T>, concurrencyLimit: number): boolean {
  const isRefused = lane.ready[0]?.division !== undefined;
  return !isRefused && !isDoubtful(lane) && lane.ready.length >= concurrencyLimit;
}

function isDoubtful<E extends QueuedEntry, T>(lane: Lane<E, T>): boolean {
  return lane.isTroubled || !lane.proven;
}
