import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { runApp } from './support/run-app.ts';
import { jsonLines } from './support/stored-records.ts';

const LINE_COUNT = 8;

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices();
});
afterAll(() => services.close());

async function startEndpoint(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port');
  return `http://127.0.0.1:${address.port}`;
}
const refuses: RequestListener = (_request, response) => response.writeHead(400).end();
const hangs: RequestListener = () => {};

it.each([
  ['has nothing left to do', 'refuses', 'closes', 0],
  ['throws', 'refuses', 'throws', 1],
  ['gets SIGTERM', 'refuses', 'gets SIGTERM', null],
  ['calls process.exit', 'hangs', 'exits', 3],
])(
  'writes what OTLP did not deliver to stderr when the application %s, and the endpoint %s',
  async (_, endpoint, end, code) => {
    const finished = await runApp('shop.cjs', {
      services,
      args: [end],
      environment: {
        OTEL_LOGS_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_ENDPOINT: await startEndpoint(endpoint === 'hangs' ? hangs : refuses),
        // One export has failed, or is under way, when the next records come.
        OTEL_BLRP_SCHEDULE_DELAY: '1',
      },
      ...(end === 'gets SIGTERM' ? { signal: { name: 'SIGTERM', text: '"served"' } } : {}),
    });
    expect([finished.code, finished.signal]).toEqual([code, code === null ? 'SIGTERM' : null]);
    // The SDK writes its errors as JSON, too.
    const bodies = jsonLines(finished.stderr).flatMap(({ body }) => body ?? []);
    expect([bodies.length, new Set(bodies)]).toEqual([
      LINE_COUNT,
      new Set(['listening', 'request', 'answered', 'served']),
    ]);
    expect(finished.stderr).toContain(
      `The process ended before all logs were sent: ${LINE_COUNT} of them are on the standard error output`,
    );
  },
);

it('holds an application that ends its own work for 8 seconds, not for the 10 of an OTLP request that hangs', async () => {
  const { code, stdout } = await runApp('ends-its-work.cjs', {
    services,
    environment: {
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: await startEndpoint(hangs),
    },
    signal: { name: 'SIGTERM', text: '"served"' },
  });
  expect(code).toBe(0);
  const [held] = jsonLines(stdout).flatMap(({ heldMillis }) => heldMillis ?? []);
  expect(held).toBeLessThan(9_900);
}, 30_000);
