import type { SendChannel } from './send-channel.ts';

/** A socket made when the first message needs it, and again when that failed. */
export class LazySocket {
  readonly #open: () => Promise<SendChannel>;
  #channel: Promise<SendChannel> | undefined;
  #closed: Promise<void> | undefined;

  constructor(open: () => Promise<SendChannel>) {
    this.#open = open;
  }

  get(): Promise<SendChannel> {
    if (this.#closed !== undefined) return Promise.reject(new Error('The exporter is closed'));
    this.#channel ??= this.#open().catch((error: unknown) => {
      this.#channel = undefined;
      throw error;
    });
    return this.#channel;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // One that never opened holds nothing.
    const channel = await this.#channel?.catch(() => undefined);
    await channel?.close();
  }
}
