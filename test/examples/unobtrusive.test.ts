import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startLocalServices } from 'collectorless/testing';
import { expect, test } from 'vitest';

test('the exporters make no spans of their own, write nothing, and let the process end', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const addresses = {
    clientConfig: services.clientConfig,
    httpUrl: services.http.url,
    zeromqEndpoint: services.zeromq.endpoint,
  };
  const app = fileURLToPath(new URL('./support/observed-app.ts', import.meta.url));
  const child = spawn(process.execPath, [app], {
    env: { PATH: process.env['PATH'], ADDRESSES: JSON.stringify(addresses) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  child.stdout?.on('data', (chunk) => output.push(String(chunk)));
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  const ended = once(child, 'close');
  const [{ delivered, spans }] = await once(child, 'message');
  expect(delivered).toEqual([1, 1, 1, 1, 1, 1]);
  // The app's own two requests are traced, so the instrumentations were at work.
  expect(spans.sort()).toEqual([
    `GET ${services.http.url}/by-http`,
    `POST ${services.http.url}/by-fetch`,
    'tcp.connect',
    'tcp.connect',
  ]);
  expect(output.join('')).toBe('');
  expect(await ended).toEqual([0, null]);
});
