import { request } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PageServer, startPageServer } from '../../examples/play/page-server.ts';

const HTML = '<style>p{}</style><script>1</script>';

let server: PageServer;
let asked: unknown[];

beforeEach(async () => {
  asked = [];
  server = await startPageServer(HTML, 0, {
    async switchFault(...what) {
      asked.push(what);
      if (what[0] === 'busy') throw new Error('The port is taken');
      if (what[0] !== 'sqs') throw new RangeError('There is no such switch.');
    },
    switchNetwork: async (isDown) => void asked.push(isDown),
    setRate: (rate) => void asked.push(rate),
    storedLines: (name) => (name === 'sqs' ? '{"a":1}\n' : undefined),
  });
});

afterEach(() => server.close());

function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

it('serves the page, in which nothing else runs and which talks to nobody else', async () => {
  const response = await fetch(server.url);
  expect(await response.text()).toBe(HTML);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'none'; connect-src 'self'; script-src 'sha256-[^']+';/u);
  expect(policy).not.toContain('unsafe');
});

it('passes on what is switched', async () => {
  const switched = { destination: 'sqs', fault: 'outage', isOn: true };
  expect((await post('/fault', switched)).status).toBe(204);
  expect((await post('/network', { isDown: true })).status).toBe(204);
  expect((await post('/rate', { requestsPerSecond: 3 })).status).toBe(204);
  expect(asked).toEqual([['sqs', 'outage', true], true, 3]);
});

it.each<[string, unknown, number]>([
  ['/fault', { destination: 'moon' }, 400],
  ['/fault', { destination: 'busy' }, 409],
  ['/fault', '{', 400],
  ['/fault', '7', 400],
  ['/fault', ' '.repeat(10_001), 400],
  ['/nothing', {}, 400],
])('refuses %s with %j', async (path, body, status) => {
  const response = await post(path, body);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toBe('');
});

it.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS'])('allows no %s', async (method) => {
  const response = await fetch(server.url, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
});

it('answers no foreign page: not by its origin, nor by a form, nor under another name', async () => {
  expect((await post('/rate', {}, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await post('/rate', 'x', { 'content-type': 'text/plain' })).status).toBe(400);
  const { port } = new URL(server.url);
  const status = await new Promise((resolve, reject) => {
    const headers = { host: `evil.example:${port}` };
    request({ host: '127.0.0.1', port, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
  expect(asked).toEqual([]);
});

it('tells each page the present state at once, and then each new one', async () => {
  server.publish({ step: 1 });
  const response = await fetch(new URL('/events', server.url));
  const events = response.body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  expect((await events?.next())?.value).toContain('data: {"step":1}\n\n');
  server.publish({ step: 2 });
  expect((await events?.next())?.value).toContain('data: {"step":2}\n\n');
  await events?.return?.();
});

it('hands out what a destination holds', async () => {
  expect(await (await fetch(new URL('/stored/sqs', server.url))).text()).toBe('{"a":1}\n');
  expect((await fetch(new URL('/stored/moon', server.url))).status).toBe(404);
});

it('says when its port is taken', async () => {
  const port = Number(new URL(server.url).port);
  const again = startPageServer(HTML, port, {
    switchFault: async () => {},
    switchNetwork: async () => {},
    setRate: () => {},
    storedLines: () => undefined,
  });
  await expect(again).rejects.toThrow(`port ${port} is taken`);
});
