import { setImmediate } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/**
 * Resolves in a turn of the event loop that is nobody else's who asked. Bodies that are made side by side, when
 * several requests may go at once, would together hold up the application for longer than a request is worth.
 */
export function ownTurn(): Promise<void> {
  last = last.then(() => setImmediate());
  return last;
}
