import { Agent } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { exchangeWithRedirects } from '../../../src/destinations/http/follow-redirects.ts';
import { startRawServer } from './support/raw-server.ts';

it('a redirect whose body is announced to be long is followed without waiting for that', async () => {
  const { origin, sockets } = await startRawServer((socket, bytes) => {
    const isFirst = bytes.toString('latin1').startsWith('GET /old ');
    socket.write(
      isFirst
        ? 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /new\r\nContent-Length: 1000000\r\n\r\nso far'
        : 'HTTP/1.1 204 No Content\r\n\r\n',
    );
  });
  const agent = new Agent();
  onTestFinished(() => agent.destroy());
  const { signal } = new AbortController();
  const request = { method: 'GET', headers: {}, body: null, signal } as const;
  const url = new URL(`${origin}/old`);
  const { statusCode } = await exchangeWithRedirects(agent, { url, ...request });
  expect(statusCode).toBe(204);
  await expect.poll(() => sockets[0]?.destroyed).toBe(true);
}, 3_000);
