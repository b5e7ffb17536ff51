import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type ReservedPort, reservePort } from './reserved-port.ts';

const MAX_TRIES = 20;

/** An HTTP server on a port of 127.0.0.1 that can go away and come back on the same port. */
export class LoopbackServer {
  readonly #listener: RequestListener;
  #server: Server | undefined;
  #port: number;
  #reserved: ReservedPort | undefined;

  /** @param port Default: a free one. */
  constructor(listener: RequestListener, port = 0) {
    this.#listener = listener;
    this.#port = port;
  }

  /** Without a slash at the end. The port is known after the first `start`. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ keepAliveTimeout: 30_000 }, this.#listener);
    this.#server = server;
    try {
      this.#port =
        this.#port === 0 ? await this.#listenSomewhere(server) : await listen(server, this.#port);
    } catch (error) {
      // Asked again, it tries again.
      this.#server = undefined;
      throw error;
    }
  }

  /** Resets every connection and refuses new ones. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Stops for good: the port may be another's. */
  async close(): Promise<void> {
    await this.stop();
    const reserved = this.#reserved;
    this.#reserved = undefined;
    await reserved?.release();
  }

  async #listenSomewhere(server: Server): Promise<number> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const reserved = await reservePort();
      if (reserved === undefined) break;
      try {
        const port = await listen(server, reserved.port);
        this.#reserved = reserved;
        return port;
      } catch {
        // Somebody who reserves none has it.
        await reserved.release();
      }
    }
    return listen(server, 0);
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address !== 'string' ? address.port : port;
}
