import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../packaging/support/package-root.ts';

const script = fileURLToPath(new URL('./support/registered-function.cjs', import.meta.url));
let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices({ latencyMillis: 20 });
});
afterAll(() => services.close());
beforeEach(() => services.http.clear());

/** Lines on stdout of two invocations. */
async function runFunction(flushTimeoutMillis: number): Promise<string[]> {
  const child = spawn(process.execPath, [script], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      NODE_OPTIONS: '--import collectorless/register',
      OTEL_LOGS_EXPORTER: 'http',
      OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url,
      FLUSH_TIMEOUT_MILLIS: String(flushTimeoutMillis),
    },
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  await once(child, 'close');
  return stdout.trimEnd().split('\n');
}

describe('beside collectorless/register', () => {
  it('the logs of each invocation are delivered, though nothing in the function names an exporter', async () => {
    expect(await runFunction(20_000)).toEqual(['answered one', 'answered two']);
    const bodies = services.http.decoded.map((record) => Reflect.get(Object(record), 'body'));
    expect(bodies).toEqual(['one', 'two']);
  });

  it('what is not delivered is on stdout', async () => {
    services.setFaults([{ kind: 'hang' }]);
    const lines = await runFunction(200);
    const bodies = lines.map((line) => (line.startsWith('{') ? JSON.parse(line).body : line));
    expect(bodies).toEqual(['one', 'answered one', 'two', 'answered two']);
  });
});
