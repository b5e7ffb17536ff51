import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A port that is free together with the two above it, for a moment. */
export async function freePort(): Promise<number> {
  const first = await listenAt(0);
  const above = await Promise.allSettled([listenAt(first.port + 1), listenAt(first.port + 2)]);
  first.server.close();
  for (const result of above) if (result.status === 'fulfilled') result.value.server.close();
  return above.every(({ status }) => status === 'fulfilled') ? first.port : freePort();
}

export async function listenAt(
  port: number,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}
