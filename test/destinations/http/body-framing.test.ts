import { describe, expect, it } from 'vitest';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createHostileLogRecords, createLogRecord, uidOf } from '../../../src/testing/index.ts';
import { droppedCountOf } from '../../support/accounts.ts';
import {
  arrivedUids,
  createLogRecords,
  type TestOptions,
  uidsOf,
  withHttp,
} from './support/with-http.ts';

const url = 'http://127.0.0.1:9/';

describe('framing', () => {
  it("'lines' is NDJSON by default", async () => {
    await withHttp({}, async ({ http, send }) => {
      const records = createLogRecords(3);
      await send(records);
      const [request] = http.accepted;
      expect(request?.method).toBe('POST');
      expect(request?.headers['content-type']).toBe('application/x-ndjson');
      expect(request?.body.toString()).toMatch(/^(?:\{.*\}\n){3}$/u);
      expect(arrivedUids(http)).toEqual(uidsOf(records));
    });
  });

  it("'array' is one JSON array", async () => {
    await withHttp({ framing: 'array', method: 'PUT' }, async ({ http, send }) => {
      const records = createLogRecords(3);
      await send(records);
      const [request] = http.accepted;
      expect(request?.method).toBe('PUT');
      expect(request?.headers['content-type']).toBe('application/json');
      expect(JSON.parse(String(request?.body)).map(uidOf)).toEqual(uidsOf(records));
    });
  });

  it("'single' is one record a request (CA-14)", async () => {
    await withHttp({ framing: 'single' }, async ({ http, send }) => {
      const records = createLogRecords(3);
      await send(records);
      expect(http.accepted).toHaveLength(3);
      expect(http.accepted[0]?.headers['content-type']).toBe('application/json');
      expect(arrivedUids(http).sort()).toEqual(uidsOf(records).sort());
    });
  });

  it("'form' is one record's top-level fields, urlencoded (CA-3)", async () => {
    await withHttp({ framing: 'form' }, async ({ http, send }) => {
      const record = createLogRecord({ body: 'a&b=c d+é\n"', attributes: { n: 1 } });
      await send([record]);
      const [request] = http.accepted;
      expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
      const form = new URLSearchParams(String(request?.body));
      expect(form.get('body')).toBe('a&b=c d+é\n"');
      expect(form.get('severity_number')).toBe('9');
      expect(JSON.parse(form.get('attributes') ?? '')).toEqual(record.attributes);
    });
  });

  it("'form' with GET is in the query, beside what the address has (CA-3)", async () => {
    await withHttp(
      { framing: 'form', method: 'GET', url: (base) => `${base}/log?key={service.name}` },
      async ({ http, send }) => {
        await send([createLogRecord({ body: 'hello #1?&' })]);
        const [request] = http.accepted;
        expect(request?.method).toBe('GET');
        expect(request?.body).toHaveLength(0);
        expect(request?.headers).not.toHaveProperty('content-type');
        expect(request?.query.get('key')).toBe('local-service');
        expect(request?.query.get('body')).toBe('hello #1?&');
      },
    );
  });

  it('sends the body encoding as plain text', async () => {
    await withHttp({ encoding: 'body' }, async ({ http, send }) => {
      await send([createLogRecord({ body: 'grüß' }), createLogRecord({ body: 'dich' })]);
      expect(http.accepted[0]?.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(String(http.accepted[0]?.body)).toBe('grüß\ndich\n');
    });
  });

  it('sends bytes of an own encoder one after the other under their own type', async () => {
    const encoding = {
      name: 'tlv',
      contentType: 'application/x-tlv',
      isText: false,
      encode: () => Buffer.from([1, 2, 10]),
    };
    await withHttp({ encoding }, async ({ http, send }) => {
      await send(createLogRecords(2));
      expect(http.accepted[0]?.headers['content-type']).toBe('application/x-tlv');
      expect([...(http.accepted[0]?.body ?? [])]).toEqual([1, 2, 10, 1, 2, 10]);
    });
  });

  it.each([
    [{ framing: 'array', encoding: 'body' }, "`framing: 'lines'`"],
    [{ framing: 'array', encoding: 'msgpack' }, "`framing: 'lines'`"],
    [{ framing: 'form', encoding: 'body' }, 'JSON `encoding`'],
    [{ method: 'GET' }, "`framing: 'form'`"],
    [{ method: 'GET', framing: 'array' }, "`framing: 'form'`"],
    [{ method: 'DELETE' }, "'POST', 'PUT', 'GET'"],
    [{ framing: 'csv' }, "'lines', 'array', 'single', 'form'"],
    [{ framing: 'single', maxRecordsPerRequest: 2 }, '`maxRecordsPerRequest`'],
    [{ maxRecordsPerRequest: 0 }, '`maxRecordsPerRequest`'],
    [{ maxRequestBytes: 255 }, '`maxRequestBytes`'],
    [{ maxRequestBytes: Number.NaN }, '`maxRequestBytes`'],
    [{ compression: 'br' }, '`compression`'],
    [{ method: 'GET', framing: 'form', compression: 'gzip' }, 'no `compression`'],
  ])('refuses %j at construction', (options, message) => {
    const create = (): unknown => new HttpLogRecordExporter({ url, ...(options as object) });
    expect(create).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringContaining(', got '),
      }),
    );
    expect(create).toThrow(message);
  });
});

describe('compression', () => {
  it.each(['gzip', 'zstd'] as const)('%s is told by content-encoding', async (compression) => {
    await withHttp({ compression }, async ({ http, send }) => {
      await send(createLogRecords(500));
      const [request] = http.accepted;
      expect(request?.headers['content-encoding']).toBe(compression);
      expect(request?.wireBytes).toBeLessThan((request?.body.length ?? 0) / 4);
      expect(http.decoded).toHaveLength(500);
    });
  });
});

describe('hostile records', () => {
  it.each([
    { framing: 'lines' },
    { framing: 'array' },
    { framing: 'form' },
    { encoding: 'body' },
    {
      groupBy: ({ attributes }) => String(Object.keys(attributes)[0]),
      headers: { 'x-a': '{attributes.a}' },
    },
    { url: (base) => `${base}/{service.name}/{attributes.a}` },
  ] as TestOptions[])('never cost a neighbour with %j', async (options) => {
    await withHttp({ ...options, maxTargets: 1_000 }, async ({ exporter, send }) => {
      const hostile = createHostileLogRecords(7, 200);
      const neighbours = createLogRecords(hostile.length);
      await send(
        hostile.flatMap((record, index) => [record, ...neighbours.slice(index, index + 1)]),
      );
      const { delivered, dropped, exported } = exporter.stats();
      const lost = droppedCountOf({ dropped });
      expect(exported).toBe(400);
      expect(delivered + lost).toBe(400);
      expect(delivered).toBeGreaterThanOrEqual(200);
      expect(Object.keys(dropped)).toEqual(lost > 0 ? ['invalid'] : []);
    });
  });
});
