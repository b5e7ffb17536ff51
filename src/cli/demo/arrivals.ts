import type { LocalServices } from '../../testing/index.ts';
import type { DemoDestination } from './demo-destinations.ts';

export interface Arrival {
  readonly destination: string;
  /** As the service's decoder gives it. */
  readonly stored: unknown;
}

/** So long `tail` can still read what arrived; then it is forgotten, as a demo has no end. */
const KEPT_MILLIS = 10_000;

/** What has arrived at the local services since it was asked last. */
export class Arrivals {
  readonly #services: LocalServices;
  readonly #destinations: readonly DemoDestination[];
  readonly #taken = new Map<string, number>();

  constructor(services: LocalServices, destinations: readonly DemoDestination[]) {
    this.#services = services;
    this.#destinations = destinations;
  }

  take(nowMillis: number = Date.now()): Arrival[] {
    const arrivals = this.#destinations.flatMap(({ name, storedRecords }) => {
      const records = storedRecords(this.#services);
      return records.slice(this.#taken.get(name)).map((stored) => ({ destination: name, stored }));
    });
    this.#services.forgetBefore(nowMillis - KEPT_MILLIS);
    for (const { name, storedRecords } of this.#destinations)
      this.#taken.set(name, storedRecords(this.#services).length);
    return arrivals;
  }
}
