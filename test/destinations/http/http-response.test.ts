import { STATUS_CODES } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createHttpDestination } from '../../../src/destinations/http/http-destination.ts';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { startRawServer } from './support/raw-server.ts';
import { arrivedUids, createLogRecords, uidsOf, withHttp } from './support/with-http.ts';

const url = 'http://127.0.0.1:9/';

describe('what an answer means', () => {
  it.each([200, 201, 202, 204, 206])('%i is delivered', async (status) => {
    await withHttp({}, async ({ exporter, http, send }) => {
      http.respondWith({ status });
      expect(await send(createLogRecords(3))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 3, requests: 1 });
    });
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 507, 522])('%i is tried again', async (status) => {
    await withHttp({}, async ({ exporter, http, send }) => {
      http.respondWith({ status });
      expect(await send(createLogRecords(3))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 3, requests: 2, retried: 3 });
    });
  });

  it.each([400, 401, 403, 404, 405, 409, 411, 415, 422, 431, 501, 505])(
    '%i is refused and not sent again',
    async (status) => {
      await withHttp({}, async ({ exporter, http, send }) => {
        http.respondWith({ status });
        const error = await send(createLogRecords(3));
        expect(exporter.stats()).toMatchObject({ dropped: { rejected: 3 }, requests: 1 });
        expect(error?.cause).toMatchObject({
          name: 'ServiceError',
          code: String(status),
          httpStatusCode: status,
        });
      });
    },
  );

  it('413 halves the request and goes on', async () => {
    await withHttp(
      { services: { http: { maxRequestBytes: 2_000 } }, expectedRules: ['request-bytes'] },
      async ({ exporter, http, send }) => {
        const records = createLogRecords(64);
        expect(await send(records)).toBeUndefined();
        expect(exporter.stats()).toMatchObject({ delivered: 64, dropped: {} });
        expect(arrivedUids(http).sort()).toEqual(uidsOf(records).sort());
      },
    );
  });

  it('413 drops the record alone that is too large, as too_large', async () => {
    await withHttp(
      { services: { http: { maxRequestBytes: 2_000 } }, expectedRules: ['request-bytes'] },
      async ({ exporter, http, send }) => {
        const records = createLogRecords(20, (index) =>
          index === 7 ? { body: 'x'.repeat(3_000) } : {},
        );
        await send(records);
        expect(exporter.stats()).toMatchObject({ delivered: 19, dropped: { too_large: 1 } });
        expect(http.decoded).toHaveLength(19);
      },
    );
  });

  it.each([
    ['seconds', '90'],
    ['a date', 'Fri, 02 Jan 2026 03:05:30 GMT'],
  ])('asks to wait as long as Retry-After says in %s', async (_, retryAfter) => {
    await withHttp({}, async ({ http }) => {
      const date = 'Fri, 02 Jan 2026 03:04:00 GMT';
      http.respondWith({ status: 429, headers: { date, 'retry-after': retryAfter } });
      const destination = createHttpDestination({ url: http.url });
      const target = { key: '', names: { url: http.url } };
      const entry = { bytes: Buffer.from('{}'), recordCount: 1, timeMillis: 0, sequence: 1 };
      const { signal } = new AbortController();
      expect(await destination.send({ target, entries: [entry] }, { signal })).toMatchObject({
        status: 'retryable',
        retryAfterMillis: 90_000,
      });
      await destination.close?.();
    });
  });

  it('counts a Retry-After date from the date of the answer', async () => {
    await withHttp({}, async ({ exporter, http, send }) => {
      const aheadMillis = 600_000;
      const date = new Date(Date.now() + aheadMillis).toUTCString();
      http.respondWith({ status: 429, headers: { date, 'retry-after': date } });
      expect(await send([createLogRecord()])).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 1, requests: 2 });
    });
  });

  it('takes the statuses of retryStatuses and no others', async () => {
    await withHttp({ retryStatuses: [404] }, async ({ exporter, http, send }) => {
      http.respondWith({ status: 404 }, { status: 503 });
      await send([createLogRecord()]);
      expect(exporter.stats()).toMatchObject({ dropped: { rejected: 1 }, requests: 2 });
    });
  });

  it.each([[[200]], [[99]], [[600]], [['503']], [503], [[500.5]], [10n], [[10n]]])(
    'refuses %o as retryStatuses',
    (retryStatuses) => {
      expect(
        () => new HttpLogRecordExporter({ url, retryStatuses: retryStatuses as number[] }),
      ).toThrow(/Expected `retryStatuses` to be an array of whole numbers from 300 to 599, got/u);
    },
  );
});

describe('redirects', () => {
  it.each([307, 308])('%i is followed to another path of the same origin', async (status) => {
    await withHttp({ headers: { authorization: 'Bearer x' } }, async ({ http, send }) => {
      http.respondWith({ status, headers: { location: '/elsewhere?a=1' } });
      expect(await send(createLogRecords(2))).toBeUndefined();
      expect(http.requests.map(({ path }) => path)).toEqual(['/logs', '/elsewhere']);
      expect(http.requests[1]?.headers.authorization).toBe('Bearer x');
      expect(http.requests[1]?.method).toBe('POST');
      expect(http.decoded).toHaveLength(2);
    });
  });

  it('are followed three times and no further', async () => {
    await withHttp({}, async ({ exporter, http, send }) => {
      http.respondWith({ status: 308, headers: { location: '/round' }, times: 100 });
      const error = await send([createLogRecord()]);
      expect(http.requests).toHaveLength(4);
      expect(exporter.stats().dropped).toEqual({ rejected: 1 });
      expect(String(error?.cause)).toContain('set `url` to the final address');
    });
  });

  it('are followed when their own answer is over', async () => {
    const events: string[] = [];
    const { origin } = await startRawServer((socket, bytes) => {
      const [, path] = /^PUT (\S+)/u.exec(bytes.toString('latin1')) ?? [];
      if (path === undefined) return;
      events.push(path);
      if (path === '/elsewhere') {
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        return;
      }
      socket.write('HTTP/1.1 307 \r\nlocation: /elsewhere\r\ncontent-length: 10\r\n\r\nbegun');
      setTimeout(() => {
        events.push('end');
        socket.write('ended');
      }, 20);
    });
    await withHttp({ method: 'PUT', url: () => origin }, async ({ exporter, send }) => {
      expect(await send(createLogRecords(1))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 1, requests: 1 });
    });
    expect(events).toEqual(['/', 'end', '/elsewhere']);
  });

  it('with two addresses are refused', async () => {
    let requests = 0;
    const { origin } = await startRawServer((socket, bytes) => {
      if (!bytes.toString('latin1').startsWith('POST')) return;
      requests += 1;
      socket.write('HTTP/1.1 307 \r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n');
    });
    await withHttp({ url: () => origin }, async ({ exporter, send }) => {
      await send(createLogRecords(1));
      expect(exporter.stats().dropped).toEqual({ rejected: 1 });
      expect(requests).toBe(1);
    });
  });

  it('are never followed to another origin, so that no one gets records or credentials', async () => {
    await withHttp({}, async ({ http: other }) => {
      await withHttp(
        { headers: { authorization: 'Bearer secret', cookie: 'a=b' } },
        async ({ exporter, http, send }) => {
          http.respondWith({
            status: 307,
            headers: { location: `${other.url}/collect?token=secret` },
          });
          const error = await send([createLogRecord()]);
          expect(other.requests).toHaveLength(0);
          expect(exporter.stats().dropped).toEqual({ rejected: 1 });
          expect(String(error?.cause)).toContain('another origin');
          expect(String(error?.cause)).not.toContain('secret');
        },
      );
    });
  });

  it.each([300, 304, 305])('%i is none, and is not told as one', async (status) => {
    await withHttp({}, async ({ http, send }) => {
      http.respondWith({ status });
      const error = await send([createLogRecord()]);
      expect(error?.cause).toMatchObject({ message: `HTTP ${status} ${STATUS_CODES[status]}` });
    });
  });

  it.each([301, 302, 303])('%i, which would make a GET of it, is refused', async (status) => {
    await withHttp({}, async ({ exporter, http, send }) => {
      http.respondWith({ status, headers: { location: '/elsewhere' } });
      const error = await send([createLogRecord()]);
      expect(http.requests).toHaveLength(1);
      expect(exporter.stats().dropped).toEqual({ rejected: 1 });
      expect(String(error?.cause)).toContain('set `url` to the final address');
    });
  });

  it.each(['', 'http://', ':::'])('with the address %j are refused', async (location) => {
    await withHttp({}, async ({ exporter, http, send }) => {
      http.respondWith({ status: 308, headers: { location }, times: 10 });
      await send([createLogRecord()]);
      expect(exporter.stats().dropped).toEqual({ rejected: 1 });
    });
  });
});
