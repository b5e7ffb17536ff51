import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** An HTTP server on a port of 127.0.0.1 that can go away and come back on the same port. */
export class LoopbackServer {
  readonly #listener: RequestListener;
  #server: Server | undefined;
  #port: number;

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
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address !== 'string') this.#port = address.port;
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
}
