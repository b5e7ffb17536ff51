import type { DropReason } from '../send/send-outcome.ts';

/** What became of all records of an exporter so far. */
export interface ExporterStats {
  /** Records given to `export`, without those of `excludeScopes`, and those of `adopted`. */
  readonly exported: number;
  /** Records that the service confirmed. */
  readonly delivered: number;
  /** Records sent again, counted for every further attempt. */
  readonly retried: number;
  /** Records lost, by reason; a reason that never occurred is absent. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Requests made, further attempts included. */
  readonly requests: number;
  /** Bytes of all entries in those requests as encoded: before compression, base64 and what the service puts around. */
  readonly bytes: number;
  /** Records in the exporter's care that would be lost with the process: not delivered, dropped or on disk. */
  readonly inFlight: number;
  /** Records on disk that are neither delivered nor dropped. */
  readonly spooled: number;
  /** Of `exported`, the records that processes before this one left on disk. */
  readonly adopted: number;
  /** Bytes held in memory for them. */
  readonly bufferedBytes: number;
  /** Bytes on disk. */
  readonly spooledBytes: number;
}

/** Counts every record once: `exported = delivered + sum(dropped) + spooled + inFlight` at any moment. */
export class Ledger {
  #exported = 0;
  #delivered = 0;
  #retried = 0;
  #inFlight = 0;
  #spooled = 0;
  #adopted = 0;
  #requests = 0;
  #bytes = 0;
  readonly #dropped = new Map<DropReason, number>();
  #waiters: (() => void)[] = [];

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Resolves as soon as nothing would be lost with the process. */
  whenNoneInFlight(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#wake();
    });
  }

  export(count: number): void {
    this.#exported += count;
    this.#inFlight += count;
  }

  /** Records that are safe on disk now. */
  store(count: number): void {
    this.#spooled += count;
    this.#inFlight -= count;
    this.#wake();
  }

  /** Records that another process left on disk. */
  adopt(count: number): void {
    this.#exported += count;
    this.#adopted += count;
    this.#spooled += count;
  }

  /** @param stored How many of them were on disk. */
  deliver(count: number, stored = 0): void {
    this.#delivered += count;
    this.#decide(count, stored);
  }

  /** @param stored How many of them were on disk. */
  drop(reason: DropReason, count: number, stored = 0): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + count);
    this.#decide(count, stored);
  }

  retry(count: number): void {
    this.#retried += count;
  }

  request(bytes: number): void {
    this.#requests += 1;
    this.#bytes += bytes;
  }

  stats(held: { readonly bufferedBytes: number; readonly spooledBytes: number }): ExporterStats {
    return {
      exported: this.#exported,
      delivered: this.#delivered,
      retried: this.#retried,
      dropped: Object.fromEntries(this.#dropped),
      requests: this.#requests,
      bytes: this.#bytes,
      inFlight: this.#inFlight,
      spooled: this.#spooled,
      adopted: this.#adopted,
      ...held,
    };
  }

  #decide(count: number, stored: number): void {
    this.#spooled -= stored;
    this.#inFlight -= count - stored;
    this.#wake();
  }

  #wake(): void {
    if (this.#inFlight > 0 || this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }
}
