/** Shares one slow commit among all that ask for it at the same time. */
export class GroupCommit {
  readonly #commit: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(commit: () => Promise<void>) {
    this.#commit = commit;
  }

  /** Resolves when all that was done before this call is committed. */
  run(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    // The one that runs may have begun too early for this caller.
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#start();
      });
    return this.#next;
  }

  #start(): Promise<void> {
    const running = this.#commit().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
