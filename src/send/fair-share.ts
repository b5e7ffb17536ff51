import type { Lane } from './lane.ts';
import type { QueuedEntry } from './outbound-request.ts';

/**
 * May the lane have one more request in flight?
 *
 * A target that has others beside it never takes the last free places, and one that fails or has not
 * proved itself gets a single place, all such together half of them: a dead target leaves room for the living.
 */
export function mayStart<E extends QueuedEntry, T>(
  lane: Lane<E, T>,
  lanes: readonly Lane<E, T>[],
  concurrencyLimit: number,
): boolean {
  let inFlight = 0;
  let doubtfulInFlight = 0;
  for (const other of lanes) {
    inFlight += other.inFlight;
    if (isDoubtful(other)) doubtfulInFlight += other.inFlight;
  }
  const free = concurrencyLimit - inFlight;
  if (free <= 0) return false;
  if (lane.isTroubled && lane.inFlight > 0) return false;
  const doubtfulLimit = Math.max(1, Math.floor(concurrencyLimit / 2));
  if (lanes.length === 1) {
    // A dead target that came first leaves a place for the one that comes next.
    return !isDoubtful(lane) || lane.inFlight < Math.max(1, doubtfulLimit - 1);
  }
  if (!isDoubtful(lane)) return lane.inFlight === 0 || lane.inFlight < free;
  return lane.inFlight === 0 && doubtfulInFlight < doubtfulLimit;
}

function isDoubtful<E extends QueuedEntry, T>(lane: Lane<E, T>): boolean {
  return lane.isTroubled || !lane.proven;
}
