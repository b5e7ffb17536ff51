import type { DropReason } from '../send/send-outcome.ts';

/** What became of all records of an exporter so far. */
export interface ExporterStats {
  /** Records given to `export`, without those of `excludeScopes`. */
  readonly exported: number;
  /** Records that the service confirmed. */
  readonly delivered: number;
  /** Records sent again, counted for every further attempt. */
  readonly retried: number;
  /** Records lost, by reason; a reason that never occurred is absent. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Requests made, further attempts included. */
  readonly requests: number;
  /** Bytes of all entries in those requests, before the service's own envelope. */
  readonly bytes: number;
  /** Records in the exporter's care: neither delivered nor dropped nor on disk only. */
  readonly inFlight: number;
  /** Bytes held in memory for them. */
  readonly bufferedBytes: number;
  /** Bytes on disk. */
  readonly spooledBytes: number;
}

/** Counts every record once: `exported = delivered + sum(dropped) + inFlight` at any moment. */
export class Ledger {
  #exported = 0;
  #delivered = 0;
  #retried = 0;
  #inFlight = 0;
  #requests = 0;
  #bytes = 0;
  readonly #dropped = new Map<DropReason, number>();

  get inFlight(): number {
    return this.#inFlight;
  }

  export(count: number): void {
    this.#exported += count;
    this.#inFlight += count;
  }

  deliver(count: number): void {
    this.#delivered += count;
    this.#inFlight -= count;
  }

  drop(reason: DropReason, count: number): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + count);
    this.#inFlight -= count;
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
      ...held,
    };
  }
}
