/**
 * Expectations inside a sender or a server that is ours. What is thrown there is caught by the parts under test, as
 * an attempt that failed, and made good by the next one: a test that only threw would pass.
 */
export class NotedExpectations {
  readonly #failures: unknown[] = [];

  check(expectations: () => void): void {
    try {
      expectations();
    } catch (failure) {
      this.#failures.push(failure);
    }
  }

  /** Throws the first one that did not hold. */
  confirm(): void {
    for (const failure of this.#failures) throw failure;
  }
}
