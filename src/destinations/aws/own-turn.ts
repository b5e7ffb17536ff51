import { ByteTurns } from './byte-turns.ts';
import { nextTurn } from './next-turn.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Does a piece of work in turns of the event loop that are nobody else's who asked, until it is done. Bodies that are
 * made side by side, when several requests may go at once, would together hold up the application for longer than a
 * request is worth; and made a piece of each in turns, they would all be late.
 *
 * @param work Gets the turns that it may have, once it had its place. Waits for nothing but these.
 * @throws What `work` throws, and the signal's reason once it is aborted.
 */
export function inOwnTurns<T>(
  signal: AbortSignal,
  work: (turns: ByteTurns) => T | Promise<T>,
): Promise<T> {
  const done = last.then(async () => {
    signal.throwIfAborted();
    const waitedMillis = await nextTurn();
    signal.throwIfAborted();
    return work(new ByteTurns(signal, waitedMillis));
  });
  // Who comes next needs no more of it than that it is over.
  last = done.then(ignore, ignore);
  return done;
}

function ignore(): void {}
