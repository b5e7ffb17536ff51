import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Agent, ProxyAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { startLocalServices } from '../../../src/testing/index.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

const run = promisify(execFile);
const child = fileURLToPath(new URL('./support/unfinished-export.ts', import.meta.url));

describe('connections', () => {
  it('are kept for the next request', async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await withHttp({ url: () => `http://127.0.0.1:${port}/` }, async ({ exporter, send }) => {
      for (let round = 0; round < 5; round += 1) await send(createLogRecords(2));
      expect(exporter.stats().requests).toBe(5);
      // The answer of one may still be read while the next one goes out.
      expect(connections).toBeLessThanOrEqual(2);
    });
    // The exporter ends its own at shutdown: else this would wait for them.
    await new Promise((resolve) => server.close(resolve));
  });

  it('never keep the process alive, and the client loads with the first request', async () => {
    const services = await startLocalServices({ faults: [{ kind: 'hang' }] });
    try {
      const { stdout } = await run(process.execPath, ['--no-warnings', child, services.http.url], {
        timeout: 20_000,
      });
      expect(JSON.parse(stdout)).toEqual({ loadedBefore: false, inFlight: 1 });
      expect(services.http.requests).toHaveLength(1);
    } finally {
      await services.close();
    }
  });
});

it('the client is there before the first request needs it', async () => {
  const idle = fileURLToPath(new URL('./support/idle-exporter.ts', import.meta.url));
  const { stdout } = await run(process.execPath, ['--no-warnings', idle], { timeout: 20_000 });
  expect(JSON.parse(stdout)).toEqual({ loadedAtOnce: false, loadedLater: true, exported: 0 });
});

describe('the dispatcher option', () => {
  it('is used for every request and stays open', async () => {
    const used: unknown[] = [];
    const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
      used.push(options.path);
      return dispatch(options, handler);
    });
    await withHttp({ dispatcher }, async ({ exporter, send }) => {
      await send(createLogRecords(2));
      await exporter.shutdown();
    });
    await withHttp({ dispatcher }, async ({ exporter, send }) => {
      await send(createLogRecords(2));
      expect(exporter.stats().delivered).toBe(2);
    });
    expect(used).toEqual(['/logs', '/logs']);
    await dispatcher.close();
  });

  it('takes a proxy', async () => {
    const proxied: (string | undefined)[] = [];
    const proxy = createServer().on('connect', (request, client, head) => {
      proxied.push(request.url);
      const [host, port] = String(request.url).split(':');
      const upstream = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const { port } = proxy.address() as AddressInfo;
    const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${port}`, proxyTunnel: true });
    await withHttp({ dispatcher }, async ({ http, send }) => {
      await send(createLogRecords(2));
      expect(http.decoded).toHaveLength(2);
      expect(proxied).toEqual([new URL(http.url).host]);
    });
    await dispatcher.destroy();
    proxy.close();
  });

  it('leaves proxy variables of the environment unread', async () => {
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:1';
    try {
      await withHttp({}, async ({ http, send }) => {
        await send(createLogRecords(1));
        expect(http.decoded).toHaveLength(1);
      });
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    }
  });

  it.each([[null], [{}], ['http://proxy'], [() => {}]])('refuses %j', (dispatcher) => {
    expect(
      () => new HttpLogRecordExporter({ url: 'http://h/', dispatcher: dispatcher as never }),
    ).toThrow(/Expected `dispatcher` to be a dispatcher of undici/u);
  });
});
