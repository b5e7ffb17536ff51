import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogRecord, createResource } from '../../../src/testing/index.ts';
import {
  arrivedUids,
  createLogRecords,
  type TestOptions,
  uidsOf,
  withHttp,
} from './support/with-http.ts';

describe('maxRequestBytes', () => {
  const framings: TestOptions[] = [
    { framing: 'lines' },
    { framing: 'array' },
    { framing: 'single' },
    { framing: 'form' },
    { framing: 'form', method: 'GET' },
    { framing: 'lines', compression: 'gzip' },
    { framing: 'array', compression: 'gzip' },
    { encoding: 'body' },
  ];

  it.each(framings)('is never exceeded, framing included, with %j', async (options) => {
    const { framing = 'lines', encoding = 'json', method = 'POST' } = options;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1_500, max: 4_000 }),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 2_000 }), {
          minLength: 1,
          maxLength: 25,
        }),
        async (maxRequestBytes, bodies) => {
          await withHttp({ ...options, maxRequestBytes }, async ({ exporter, http, send }) => {
            const resource = createResource({});
            await send(bodies.map((body) => createLogRecord({ body, resource })));
            for (const { body, query, wireBytes } of http.requests) {
              const bytes = method === 'GET' ? query.toString().length : body.length;
              expect(bytes).toBeLessThanOrEqual(maxRequestBytes);
              expect(wireBytes).toBeLessThanOrEqual(maxRequestBytes);
            }
            const { delivered, dropped } = exporter.stats();
            expect(delivered).toBe(bodies.length);
            expect(dropped).toEqual({});
            if (encoding === 'json' && (framing === 'lines' || framing === 'array')) {
              expect(http.decoded).toHaveLength(bodies.length);
            }
          });
        },
      ),
      { numRuns: 8 },
    );
  });

  it.each([
    ['lines', '\n'.length],
    ['array', '[]'.length],
    ['single', 0],
  ] as const)('is used to the last byte by %s', async (framing, overhead) => {
    const encoding = {
      name: 'own',
      contentType: 'application/json',
      isText: true,
      encode: () => `"${'x'.repeat(298 - overhead)}"`,
    };
    await withHttp(
      { framing, encoding, maxRequestBytes: 300 },
      async ({ exporter, http, send }) => {
        await send(createLogRecords(2));
        expect(exporter.stats().delivered).toBe(2);
        expect(http.accepted.map(({ body }) => body.length)).toEqual([300, 300]);
      },
    );
  });

  it('packs as many records as fit into an array', async () => {
    const encoding = {
      name: 'own',
      contentType: 'application/json',
      isText: true,
      // 3 records of 98 bytes, 2 commas and 2 brackets are 298 bytes; a fourth does not fit.
      encode: () => `"${'x'.repeat(96)}"`,
    };
    await withHttp({ framing: 'array', encoding, maxRequestBytes: 298 }, async ({ http, send }) => {
      await send(createLogRecords(6));
      expect(http.accepted.map(({ body }) => body.length)).toEqual([298, 298]);
    });
  });

  it('leaves room for the brackets of an array', async () => {
    const encode = (): string => `"${'x'.repeat(96)}"`;
    const encoding = { name: 'own', contentType: 'application/json', isText: true, encode };
    await withHttp({ framing: 'array', encoding, maxRequestBytes: 297 }, async ({ http, send }) => {
      await send(createLogRecords(4));
      // A third record would make a body of 298 bytes.
      expect(http.accepted.map(({ body }) => body.length)).toEqual([199, 199]);
    });
  });

  it('sends what does not compress as it is rather than exceed it', async () => {
    const noise = (length: number): string => {
      let state = 1;
      return Array.from({ length }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return String.fromCharCode(33 + (state % 90));
      }).join('');
    };
    await withHttp(
      { encoding: 'body', compression: 'gzip', maxRequestBytes: 256 },
      async ({ http, send }) => {
        await send([
          createLogRecord({ body: noise(255) }),
          createLogRecord({ body: 'x'.repeat(255) }),
        ]);
        expect(http.accepted.map(({ headers }) => headers['content-encoding'])).toEqual(
          expect.arrayContaining([undefined, 'gzip']),
        );
        expect(http.accepted.every(({ wireBytes }) => wireBytes <= 256)).toBe(true);
      },
    );
  });

  it('cuts a record that is larger alone, and its neighbours arrive whole', async () => {
    await withHttp({ maxRequestBytes: 2_000 }, async ({ exporter, http, send }) => {
      const records = [
        createLogRecord(),
        createLogRecord({ body: 'x'.repeat(10_000) }),
        createLogRecord(),
      ];
      await send(records);
      expect(arrivedUids(http).sort()).toEqual(uidsOf(records).sort());
      expect(exporter.stats().delivered).toBe(3);
    });
  });

  it('drops the one record as invalid whose own encoder makes no JSON for a form', async () => {
    const encoding = {
      name: 'own',
      contentType: 'application/json',
      isText: true,
      encode: ({ body }: { body?: unknown }) => (body === 'bad' ? '{' : '{"a":"b"}'),
    };
    await withHttp({ framing: 'form', encoding }, async ({ exporter, http, send }) => {
      await send([createLogRecord({ body: 'bad' }), createLogRecord({ body: 'good' })]);
      expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: { invalid: 1 } });
      expect(http.requests).toHaveLength(1);
    });
  });

  it('drops a form that its own encoder lets grow beyond threefold', async () => {
    const encoding = {
      name: 'own',
      contentType: 'application/json',
      isText: true,
      encode: () => `[${'1e20,'.repeat(15)}1e20]`,
    };
    await withHttp(
      { framing: 'form', encoding, maxRequestBytes: 300 },
      async ({ exporter, http, send }) => {
        await send([createLogRecord()]);
        expect(exporter.stats().dropped).toEqual({ invalid: 1 });
        expect(http.requests).toHaveLength(0);
      },
    );
  });
});
