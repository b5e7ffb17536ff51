import type { LocalLogEvent } from './local-cloudwatch-logs.ts';

const DIGITS = 56;

/** Gives each stored event an id that stays the same. */
export class EventIds {
  readonly #ids: WeakMap<LocalLogEvent, string> = new WeakMap();
  #count = 0;

  of(event: LocalLogEvent): string {
    const known = this.#ids.get(event);
    if (known !== undefined) return known;
    this.#count += 1;
    const id = String(this.#count).padStart(DIGITS, '0');
    this.#ids.set(event, id);
    return id;
  }
}
