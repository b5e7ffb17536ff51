import type { AppOrder } from './app-order.ts';
import { AppProcess } from './app-process.ts';
import type { Journal } from './journal.ts';

/** App processes on one directory; one that is killed has a successor at once. */
export class AppFleet {
  readonly #order: Omit<AppOrder, 'incarnation'>;
  readonly #journal: Journal;
  readonly #apps: AppProcess[] = [];
  #incarnation = 0;

  constructor(order: Omit<AppOrder, 'incarnation'>, journal: Journal, size: number) {
    this.#order = order;
    this.#journal = journal;
    for (let slot = 0; slot < size; slot += 1) this.#apps.push(this.start());
  }

  get size(): number {
    return this.#apps.length;
  }

  app(slot: number): AppProcess {
    const app = this.#apps[slot];
    if (app === undefined) throw new RangeError(`There is no app ${slot}`);
    return app;
  }

  get isAtWork(): boolean {
    return this.#apps.every((app) => app.isAtWork);
  }

  /** One more, which is not in a slot. */
  start(changes: Partial<AppOrder> = {}): AppProcess {
    this.#incarnation += 1;
    const order = { ...this.#order, ...changes, incarnation: this.#incarnation };
    return new AppProcess(order, this.#journal);
  }

  async kill(slot: number): Promise<void> {
    await this.app(slot).kill();
    this.#apps[slot] = this.start();
  }

  async restart(slot: number): Promise<void> {
    await this.app(slot).end();
    this.#apps[slot] = this.start();
  }

  /** Ends all of them in order. */
  async end(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.end()));
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.kill()));
  }
}
