/** An event as far as it tells whether it was seen. */
interface TimedEvent {
  readonly eventId?: string | undefined;
  readonly timestamp?: number | undefined;
}

/**
 * Tells which events of a search are new.
 *
 * Events may become visible after others with a later time, so each search begins some time before the
 * newest event, and what was seen since then is remembered.
 */
export class FreshEvents {
  readonly #overlapMillis: number;
  readonly #timeById = new Map<string, number>();
  #startMillis: number;
  #newestMillis: number;

  constructor(startMillis: number, overlapMillis: number) {
    this.#startMillis = startMillis;
    this.#newestMillis = startMillis;
    this.#overlapMillis = overlapMillis;
  }

  /** Where the next search begins, Unix milliseconds. */
  get startMillis(): number {
    return this.#startMillis;
  }

  /** True for an event that was not seen before. */
  take({ eventId, timestamp = 0 }: TimedEvent): boolean {
    const id = eventId ?? '';
    if (this.#timeById.has(id)) return false;
    this.#timeById.set(id, timestamp);
    this.#newestMillis = Math.max(this.#newestMillis, timestamp);
    return true;
  }

  /** The search is at its end: events before the next one's begin need not be remembered. */
  advance(nowMillis: number): void {
    // An event may be dated up to 2 hours ahead (PutLogEvents, API reference): it hides none of today.
    const newestMillis = Math.min(this.#newestMillis, nowMillis);
    this.#startMillis = Math.max(this.#startMillis, newestMillis - this.#overlapMillis);
    for (const [id, millis] of this.#timeById) {
      if (millis < this.#startMillis) this.#timeById.delete(id);
    }
  }
}
