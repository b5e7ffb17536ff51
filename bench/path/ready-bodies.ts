import { Agent, request } from 'undici';

/** As HTTP NDJSON sends a record of the load. */
const RECORD_BYTES = 1_142;
/** As its requests. */
const BODY_BYTES = 1_000_000;
const MAX_IN_FLIGHT = 2;

/** Copies the same bytes for each record, and posts them: in memory that is used again, without a look at any answer. */
export class ReadyBodies {
  readonly #url: string;
  readonly #agent = new Agent();
  readonly #spare: Buffer[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  #body: Buffer = Buffer.alloc(BODY_BYTES);
  #used = 0;
  #record: Buffer = Buffer.alloc(0);

  constructor(url: string, mark: string) {
    this.#url = url;
    this.mark = mark;
  }

  /** The text by which the service counts records. */
  set mark(mark: string) {
    this.#record = Buffer.from(`{"body":"${mark}"}`.padEnd(RECORD_BYTES - 1).concat('\n'));
  }

  add(recordCount: number): void {
    for (let index = 0; index < recordCount; index += 1) {
      if (this.#used + RECORD_BYTES > BODY_BYTES) this.#send();
      this.#body.set(this.#record, this.#used);
      this.#used += RECORD_BYTES;
    }
    if (this.#inFlight.size < MAX_IN_FLIGHT) this.#send();
  }

  async flush(): Promise<void> {
    this.#send();
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  #send(): void {
    if (this.#used === 0) return;
    const body = this.#body.subarray(0, this.#used);
    const memory = this.#body;
    this.#body = this.#spare.pop() ?? Buffer.alloc(BODY_BYTES);
    this.#used = 0;
    const sent = this.#post(body).finally(() => {
      this.#inFlight.delete(sent);
      this.#spare.push(memory);
      if (this.#inFlight.size < MAX_IN_FLIGHT) this.#send();
    });
    this.#inFlight.add(sent);
  }

  async #post(body: Buffer): Promise<void> {
    const headers = { 'content-type': 'application/x-ndjson' };
    const response = await request(this.#url, {
      method: 'POST',
      body,
      headers,
      dispatcher: this.#agent,
    });
    await response.body.dump();
  }
}
