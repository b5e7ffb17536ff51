import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * Below the ports that systems give to those who ask for any (RFC 6335 section 6; Linux begins at 32,768): while
 * a server is away, its port may not become another process's, which would get what is sent to this one.
 */
const PORTS = { from: 15_000, to: 32_000 };
const MAX_TRIES = 20;

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
    this.#port =
      this.#port === 0 ? await listenSomewhere(server) : await listen(server, this.#port);
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

async function listenSomewhere(server: Server): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    try {
      return await listen(server, randomInt(PORTS.from, PORTS.to));
    } catch {
      // Somebody has it.
    }
  }
  return listen(server, 0);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address !== 'string' ? address.port : port;
}
