import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below what systems give to those who ask for any port, and what local services take: no other test has them. */
const PORTS = { from: 10_000, to: 14_900 };

/** A port that is free together with the two above it. */
export async function freePort(): Promise<number> {
  const port = randomInt(PORTS.from, PORTS.to);
  const three = await Promise.allSettled([port, port + 1, port + 2].map(listenAt));
  for (const result of three) if (result.status === 'fulfilled') result.value.server.close();
  return three.every(({ status }) => status === 'fulfilled') ? port : freePort();
}

export async function listenAt(
  port: number,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}
