import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createTailCommand } from '../../../src/cli/tail-command.ts';
import {
  HttpLogRecordExporter,
  type HttpLogRecordExporterOptions,
} from '../../../src/destinations/http/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { exportAll } from './support/export-all.ts';
import { type RunningCommand, startCommand } from './support/start-command.ts';

async function startTail(
  ...commandArguments: readonly string[]
): Promise<RunningCommand & { readonly url: string }> {
  const tail = startCommand(createTailCommand, ['http', '0', ...commandArguments]);
  await expect.poll(() => tail.stderr).toMatch(/listening at http:.*\n/);
  return Object.assign(tail, { url: /listening at (\S+)/.exec(tail.stderr)?.[1] ?? '' });
}

type Options = Omit<HttpLogRecordExporterOptions, 'url'>;

it.each<[string, Options]>([
  ['lines', {}],
  ['an array', { framing: 'array' }],
  ['a record a request', { framing: 'single' }],
  ['a form', { framing: 'form' }],
  ['a form in the query', { framing: 'form', method: 'GET' }],
  ['OTLP', { encoding: 'otlp-json' }],
  ['MessagePack', { encoding: 'msgpack' }],
  ['distlog', { encoding: 'distlog-json' }],
  ['plain text', { encoding: 'body' }],
  ['gzip', { compression: 'gzip' }],
  ['zstd', { compression: 'zstd' }],
  ['compressed MessagePack', { encoding: 'msgpack', compression: 'gzip' }],
  ['what goes to Sumo Logic', { preset: 'sumologic' }],
])('prints what the HTTP exporter sends as %s', async (_, options) => {
  const tail = await startTail('--limit', '3', '--json');
  const records = [1, 2, 3].map((number) => createLogRecord({ body: `order {"${number}"} = 1` }));
  await exportAll(new HttpLogRecordExporter({ url: `${tail.url}/any/path`, ...options }), records);
  await tail.ended;
  const bodies = tail.records.map((record) => (record as { readonly body?: unknown }).body);
  // Requests of one record each go side by side.
  expect(bodies.sort()).toEqual(records.map(({ body }) => body));
});

it('answers when the records are printed', async () => {
  const tail = await startTail();
  const response = await fetch(tail.url, { method: 'POST', body: '{"body":"hello"}' });
  expect(response.status).toBe(200);
  expect(tail.stdout).toMatch(/hello\n$/);
});

it('gives a record without a time that of its arrival', async () => {
  const tail = await startTail('--utc');
  await fetch(tail.url, { method: 'POST', body: 'hello' });
  const [time = ''] = tail.stdout.split(' ');
  expect(Math.abs(Date.now() - Date.parse(time))).toBeLessThan(60_000);
});

it('refuses what it cannot read, tells where, and goes on', async () => {
  const tail = await startTail('--limit', '1');
  const post = async (body: string | Uint8Array<ArrayBuffer>, type: string): Promise<number> => {
    const headers = { 'content-type': type };
    const response = await fetch(`${tail.url}/logs?secret=1`, { method: 'POST', body, headers });
    return response.status;
  };
  expect(await post('{"body": half', 'application/json')).toBe(400);
  expect(await post(Buffer.from([10, 2, 8, 1]), 'application/x-protobuf')).toBe(415);
  expect(await post(Buffer.alloc(16_777_217, 32), 'text/plain')).toBe(413);
  const truncated = new Uint8Array(gzipSync('{"body":"x"}').subarray(0, 20));
  expect(await post(truncated, 'application/json')).toBe(400);
  expect(await post('{"body": half\n{"body":"whole"}', 'application/json')).toBe(200);
  await tail.ended;
  expect(tail.stdout).toMatch(/whole\n$/);
  expect(tail.stderr).toContain('warning: POST /logs: An object that does not end (at byte 0)\n');
  expect(tail.stderr).not.toContain('secret');
});

it.each(['GET', 'POST', 'DELETE'])('a %s that brings nothing is no delivery', async (method) => {
  const tail = await startTail();
  const response = await fetch(tail.url, { method });
  expect(response.status).toBe(400);
  expect(tail.stdout).toBe('');
});

it('joins the parts of a split record from several requests', async () => {
  const tail = await startTail('--limit', '1', '--json');
  const body = 'x'.repeat(5000);
  const exporter = new HttpLogRecordExporter({
    url: tail.url,
    oversize: 'split',
    maxRequestBytes: 2000,
  });
  await exportAll(exporter, [createLogRecord({ body })]);
  await tail.ended;
  expect(tail.records).toMatchObject([{ body }]);
  expect(tail.stderr).not.toContain('warning');
});

it('leaves a request whose records are not printed any more without an answer', async () => {
  const tail = await startTail('--limit', '1');
  const post = (body: string): Promise<Response> => fetch(tail.url, { method: 'POST', body });
  expect((await post('{"body":"one"}')).status).toBe(200);
  await tail.ended;
  await expect(post('{"body":"two"}')).rejects.toThrow('fetch failed');
  expect(tail.lines.length).toBe(1);
});

it('says in one line that its port is taken', async () => {
  const { url } = await startTail();
  const { port } = new URL(url);
  const second = startCommand(createTailCommand, ['http', port]);
  await second.ended;
  expect(second.stderr).toMatch(
    new RegExp(`^error: cannot listen at 127\\.0\\.0\\.1:${port}: EADDRINUSE.*\\n$`),
  );
  expect(second.exitCode).toBe(1);
});

it('ends at Ctrl-C with 130', async () => {
  const tail = await startTail();
  await tail.interrupt();
  expect(tail.exitCode).toBe(130);
  await expect(fetch(tail.url)).rejects.toThrow('fetch failed');
});
