/**
 * The few of very many that are alive at a time, in any order.
 *
 * Not a `Set`: V8 replaces its hash table every few additions, and the garbage collector's small rounds keep
 * what the tables before it still hold. All that was ever in flight would be copied to the old generation.
 */
export class LiveList<T> implements Iterable<T> {
  readonly #members: T[] = [];

  get size(): number {
    return this.#members.length;
  }

  add(member: T): void {
    this.#members.push(member);
  }

  /** False when it is not there (any more). */
  delete(member: T): boolean {
    const index = this.#members.indexOf(member);
    if (index === -1) return false;
    const last = this.#members.pop();
    if (last !== undefined && index < this.#members.length) this.#members[index] = last;
    return true;
  }

  clear(): void {
    this.#members.length = 0;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#members.values();
  }
}
