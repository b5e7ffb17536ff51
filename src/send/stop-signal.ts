import { LiveList } from './live-list.ts';

/**
 * The end of all attempts. An `AbortSignal` would do, but Node.js warns on the console of more than ten
 * listeners, and there is one for each request in flight.
 */
export class StopSignal {
  #isStopped = false;
  readonly #listeners = new LiveList<() => void>();

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The answer takes the listener away. */
  onStop(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  stop(): void {
    this.#isStopped = true;
    for (const listener of [...this.#listeners]) listener();
  }
}
