import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from '../../src/testing/index.ts';

const lines = '{"a":1}\n{"a":2}\n';
const ndjson = { 'content-type': 'application/x-ndjson' };

function post(
  services: LocalServices,
  body: string | Uint8Array<ArrayBuffer> = lines,
  headers: Record<string, string> = ndjson,
  path = '/',
): Promise<Response> {
  return fetch(`${services.http.url}${path}`, { method: 'POST', body, headers });
}

it('keeps method, path, query, headers and body of each request', async () => {
  await using services = await startLocalServices({ now: () => 5 });
  await post(services, lines, { ...ndjson, 'X-Sumo-Category': 'shop' }, '/in/one?key=1');
  const [request] = services.http.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/in/one',
    body: Buffer.from(lines),
    wireBytes: lines.length,
    status: 200,
    accepted: true,
    receivedAtMillis: 5,
  });
  expect(request?.headers['x-sumo-category']).toBe('shop');
  expect(request?.query.get('key')).toBe('1');
  expect(services.http.lines).toEqual(['{"a":1}', '{"a":2}']);
  expect(services.http.decoded).toEqual([{ a: 1 }, { a: 2 }]);
  expect(services.requests).toMatchObject([
    { service: 'http', operation: 'POST', target: '/in/one', status: 200 },
  ]);
});

it.each([
  ['gzip', gzipSync(lines)],
  ['deflate', deflateSync(lines)],
  ['br', brotliCompressSync(lines)],
  ['zstd', zstdCompressSync(lines)],
])('undoes %s', async (encoding, compressed) => {
  await using services = await startLocalServices();
  await post(services, new Uint8Array(compressed), { ...ndjson, 'content-encoding': encoding });
  expect(services.http.decoded).toEqual([{ a: 1 }, { a: 2 }]);
  expect(services.http.requests[0]?.wireBytes).toBe(compressed.length);
});

it('reads the items of a JSON array', async () => {
  await using services = await startLocalServices();
  await post(services, '[{"a":1},{"a":2}]', { 'content-type': 'application/json' });
  expect(services.http.decoded).toEqual([{ a: 1 }, { a: 2 }]);
});

describe('strict, it refuses', () => {
  it.each<[string, string, number, string, Record<string, string>, LocalServicesOptions]>([
    [
      'a body past the bound',
      'request-bytes',
      413,
      lines,
      ndjson,
      { http: { maxRequestBytes: lines.length - 1 } },
    ],
    [
      'a body that is not what its encoding says',
      'content-encoding',
      400,
      lines,
      { ...ndjson, 'content-encoding': 'gzip' },
      {},
    ],
    [
      'an unknown encoding',
      'content-encoding',
      400,
      lines,
      { ...ndjson, 'content-encoding': 'lzma' },
      {},
    ],
    ['lines that are not JSON', 'body-json', 400, '{"a":1}\n{"a"', ndjson, {}],
    [
      'a document that is not JSON',
      'body-json',
      400,
      lines,
      { 'content-type': 'application/json; charset=utf-8' },
      {},
    ],
  ])('%s', async (_, rule, status, body, headers, options) => {
    await using services = await startLocalServices(options);
    const answer = await post(services, body, headers);
    expect(answer.status).toBe(status);
    expect(services.violations).toMatchObject([{ service: 'http', rule, scope: 'call' }]);
    expect(services.http.accepted).toEqual([]);
  });

  it('a body without a type', async () => {
    await using services = await startLocalServices();
    const answer = await fetch(services.http.url, { method: 'POST', body: new Uint8Array([1]) });
    expect(answer.status).toBe(415);
    expect(services.violations).toMatchObject([{ rule: 'content-type' }]);
  });

  it('nothing when it is not strict', async () => {
    await using services = await startLocalServices({
      strict: false,
      http: { maxRequestBytes: 1 },
    });
    expect((await post(services)).status).toBe(200);
    expect(services.violations).toMatchObject([
      { rule: 'request-bytes', limit: 1, actual: lines.length },
    ]);
  });
});

it('takes a body of exactly the bound', async () => {
  await using services = await startLocalServices({ http: { maxRequestBytes: lines.length } });
  expect((await post(services)).status).toBe(200);
});

it('wants the headers it was told to want, which is no violation', async () => {
  const requiredHeaders = { Authorization: 'Bearer secret', 'x-tenant': /^t\d$/ };
  await using services = await startLocalServices({ http: { requiredHeaders } });
  expect((await post(services)).status).toBe(401);
  const headers = { ...ndjson, authorization: 'Bearer secret', 'x-tenant': 't1' };
  expect((await post(services, lines, headers)).status).toBe(200);
  expect(services.violations).toEqual([]);
});

it('answers as scripted, one group apart from the others', async () => {
  await using services = await startLocalServices();
  services.http.respondWith(
    {
      status: 503,
      headers: { 'retry-after': '7' },
      body: 'later',
      match: ({ path }) => path === '/a',
    },
    { status: 202, times: 2 },
  );
  const statuses: number[] = [];
  for (const path of ['/b', '/a', '/b', '/a']) {
    statuses.push((await post(services, lines, ndjson, path)).status);
  }
  expect(statuses).toEqual([202, 503, 202, 200]);
  expect(services.http.accepted.map(({ path }) => path)).toEqual(['/b', '/b', '/a']);
});

describe('a fault', () => {
  it.each([
    ['throttle', 429],
    ['service-unavailable', 503],
    ['internal-error', 500],
    ['expired-credentials', 401],
    ['not-found', 404],
  ] as const)('%s is status %i', async (kind, status) => {
    await using services = await startLocalServices({ faults: [{ kind }] });
    expect((await post(services)).status).toBe(status);
    expect(services.http.accepted).toEqual([]);
    expect(services.violations).toEqual([]);
  });

  it('tells when to come again', async () => {
    await using services = await startLocalServices({
      faults: [{ kind: 'throttle', retryAfterSeconds: 3 }],
    });
    expect((await post(services)).headers.get('retry-after')).toBe('3');
  });

  it('can be any status and body', async () => {
    const fault = { kind: 'error', name: 'Conflict', status: 409, body: 'no' } as const;
    await using services = await startLocalServices({ faults: [fault] });
    const answer = await post(services);
    expect([answer.status, await answer.text()]).toEqual([409, 'no']);
  });

  it.each([
    ['reset-before-accept', 0],
    ['reset-after-accept', 1],
  ] as const)('%s leaves %i requests accepted', async (kind, accepted) => {
    await using services = await startLocalServices({ faults: [{ kind }] });
    await expect(post(services)).rejects.toThrow('fetch failed');
    expect(services.http.accepted).toHaveLength(accepted);
    expect(services.http.requests).toMatchObject([{ status: undefined }]);
  });

  it('hits one group by its path', async () => {
    const match = ({ target }: { readonly target: string }): boolean => target === '/a';
    await using services = await startLocalServices({ faults: [{ kind: 'throttle', match }] });
    const statuses = await Promise.all(
      ['/a', '/b'].map(async (path) => (await post(services, lines, ndjson, path)).status),
    );
    expect(statuses).toEqual([429, 200]);
  });

  it('may leave a request hanging until the services close', async () => {
    const services = await startLocalServices({ faults: [{ kind: 'hang' }] });
    const call = post(services).then(
      () => 'answered',
      () => 'lost',
    );
    await expect.poll(() => services.http.requestCount).toBe(1);
    await services.close();
    expect(await call).toBe('lost');
  });
});

it('without keeping, it only counts', async () => {
  await using services = await startLocalServices({ http: { keepRequests: false } });
  await post(services);
  expect(services.http).toMatchObject({ requests: [], requestCount: 1, byteCount: lines.length });
});

it('forgets when told to', async () => {
  await using services = await startLocalServices();
  await post(services);
  services.http.respondWith({ status: 500 });
  services.http.clear();
  expect(services.http.requests).toEqual([]);
  expect((await post(services)).status).toBe(200);
});

it.each([
  [299, true],
  [300, false],
])('an answer of %i means that the request was accepted: %s', async (status, accepted) => {
  await using services = await startLocalServices();
  services.http.respondWith({ status });
  await post(services);
  expect(services.http.requests).toMatchObject([{ status, accepted }]);
});
