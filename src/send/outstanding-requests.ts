/** Knows which requests are not settled yet, so that a flush waits for those before it and no others. */
export class OutstandingRequests {
  #lastId = 0;
  /** Pieces still to be settled by request; ids grow, so the first key is the oldest. */
  readonly #pieces = new Map<number, number>();
  #waiters: { readonly lastId: number; readonly resolve: () => void }[] = [];

  begin(): number {
    this.#lastId += 1;
    this.#pieces.set(this.#lastId, 1);
    return this.#lastId;
  }

  /** One piece became two. */
  divide(id: number): void {
    this.#add(id, 1);
  }

  end(id: number): void {
    this.#add(id, -1);
    this.#wake();
  }

  whenSettled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push({ lastId: this.#lastId, resolve });
      this.#wake();
    });
  }

  #add(id: number, count: number): void {
    const pieces = Number(this.#pieces.get(id)) + count;
    if (pieces > 0) this.#pieces.set(id, pieces);
    else this.#pieces.delete(id);
  }

  #wake(): void {
    const oldest = this.#pieces.keys().next().value ?? Number.POSITIVE_INFINITY;
    const isSettled = (waiter: { readonly lastId: number }): boolean => waiter.lastId < oldest;
    const settled = this.#waiters.filter(isSettled);
    if (settled.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !isSettled(waiter));
    for (const waiter of settled) waiter.resolve();
  }
}
