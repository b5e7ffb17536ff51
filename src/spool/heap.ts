/** Values of which the first one is always at hand; adding and taking cost the logarithm of their number. */
export class Heap<T> {
  readonly #isBefore: (one: T, other: T) => boolean;
  readonly #values: T[] = [];

  constructor(isBefore: (one: T, other: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get first(): T | undefined {
    return this.#values[0];
  }

  /** All of them, in no order. */
  values(): Iterable<T> {
    return this.#values;
  }

  add(value: T): void {
    let place = this.#values.length;
    this.#values.push(value);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#values[parent];
      if (above === undefined || !this.#isBefore(value, above)) break;
      this.#values[place] = above;
      place = parent;
    }
    this.#values[place] = value;
  }

  removeFirst(): void {
    const last = this.#values.pop();
    if (last === undefined || this.#values.length === 0) return;
    let place = 0;
    for (;;) {
      const child = this.#earlierChild(place);
      const below = this.#values[child];
      if (below === undefined || !this.#isBefore(below, last)) break;
      this.#values[place] = below;
      place = child;
    }
    this.#values[place] = last;
  }

  #earlierChild(place: number): number {
    const left = this.#values[2 * place + 1];
    const right = this.#values[2 * place + 2];
    const rightIsFirst = left !== undefined && right !== undefined && this.#isBefore(right, left);
    return rightIsFirst ? 2 * place + 2 : 2 * place + 1;
  }
}
