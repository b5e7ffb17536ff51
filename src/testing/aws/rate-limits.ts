/** Counts what happens in each second, to find out when it is too much. */
export class RateLimits {
  readonly #isOn: boolean;
  readonly #counts: Map<string, { second: number; amount: number }> = new Map();

  /** @param isOn When false, everything is allowed. */
  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** Answers false, and counts nothing, when `amount` more of `key` passes `limit` in this second. */
  take(key: string, amount: number, limit: number, nowMillis: number): boolean {
    if (!this.#isOn) return true;
    const second = Math.floor(nowMillis / 1_000);
    const current = this.#counts.get(key);
    const before = current?.second === second ? current.amount : 0;
    if (before + amount > limit) return false;
    this.#counts.set(key, { second, amount: before + amount });
    return true;
  }
}
