import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Keeps a port of 127.0.0.1 for one server, also while that one is away. */
export interface ReservedPort {
  readonly port: number;
  release(): Promise<void>;
}

/**
 * Below the ports that systems give to those who ask for any (RFC 6335 section 6; Linux begins at 32,768): while
 * a server is away, its port may not become another process's, which would get what is sent to this one.
 */
const PORTS = { from: 15_000, to: 23_500 };
/**
 * A port that nobody listens on cannot be held. So whoever reserves one listens on its guard, this much above it:
 * the local services of other processes do the same, and leave the port alone.
 */
const GUARD_DISTANCE = PORTS.to - PORTS.from;
const MAX_TRIES = 20;

/** Answers none when so many ports in a row are others'. */
export async function reservePort(
  pickPort: () => number = () => randomInt(PORTS.from, PORTS.to),
): Promise<ReservedPort | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = pickPort();
    const guard = createServer((socket) => socket.destroy());
    // The guard of a process that ends goes with it.
    guard.unref();
    guard.listen(port + GUARD_DISTANCE, '127.0.0.1');
    try {
      await once(guard, 'listening');
      return { port, release: () => closed(guard) };
    } catch {
      // Somebody has it.
    }
  }
  return undefined;
}

async function closed(guard: Server): Promise<void> {
  const end = once(guard, 'close');
  guard.close();
  await end;
}
