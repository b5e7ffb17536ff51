import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/testing/index.ts';
import { startRawServer } from './support/raw-server.ts';
import { arrivedUids, createLogRecords, uidsOf, withHttp } from './support/with-http.ts';

/** After these the service has not taken the request: sending again doubles nothing. */
const CLEAN_FAULTS: readonly Fault[] = [
  { kind: 'throttle', times: 2 },
  { kind: 'service-unavailable', times: 2 },
  { kind: 'internal-error', times: 2 },
  { kind: 'reset-before-accept', times: 2 },
  { kind: 'error', name: '504', status: 504, body: '<html>gateway</html>', times: 2 },
  { kind: 'error', name: '408', status: 408, times: 1 },
];

/** The status comes whole, whatever becomes of the answer behind it. */
const TAKEN_FAULTS: readonly Fault[] = [
  { kind: 'delay', durationMillis: 50, times: 2 },
  { kind: 'slow-body', durationMillis: 300, times: 2 },
  { kind: 'malformed-answer', form: 'garbage', times: 2 },
  { kind: 'malformed-answer', form: 'half', times: 2 },
  { kind: 'malformed-answer', form: 'empty', times: 2 },
  { kind: 'malformed-answer', form: 'html', times: 2 },
];

describe('faults of the service', () => {
  it.each([...CLEAN_FAULTS, ...TAKEN_FAULTS])(
    'nothing is lost and nothing doubled after $kind $form $status',
    async (fault) => {
      await withHttp(
        { services: { faults: [fault] }, maxRecordsPerRequest: 20 },
        async ({ exporter, http, send }) => {
          http.respondWith({ body: 'thank you', times: 50 });
          const records = createLogRecords(100);
          expect(await send(records)).toBeUndefined();
          expect(arrivedUids(http).sort()).toEqual(uidsOf(records).sort());
          expect(exporter.stats()).toMatchObject({ delivered: 100, dropped: {}, inFlight: 0 });
        },
      );
    },
  );

  it('nothing is lost, some may come twice, after a reset that took the request with it', async () => {
    await withHttp(
      {
        services: { faults: [{ kind: 'reset-after-accept', times: 2 }] },
        maxRecordsPerRequest: 20,
      },
      async ({ exporter, http, send }) => {
        const records = createLogRecords(100);
        expect(await send(records)).toBeUndefined();
        expect(new Set(arrivedUids(http))).toEqual(new Set(uidsOf(records)));
        expect(arrivedUids(http)).toHaveLength(140);
        expect(exporter.stats()).toMatchObject({ delivered: 100, retried: 40 });
      },
    );
  });

  it('a request is over in time when nothing ever answers, and others go on', async () => {
    await withHttp(
      {
        groupBy: ({ attributes }) => String(attributes['group']),
        timeoutMillis: 300,
        headers: ({ key }) => ({ 'x-group': key }),
      },
      async ({ exporter, send, services }) => {
        services.setFaults([
          { kind: 'hang', match: ({ headers }) => headers['x-group'] === 'dead' },
        ]);
        await send(
          createLogRecords(20, (index) => ({ attributes: { group: index < 5 ? 'dead' : 'well' } })),
        );
        expect(exporter.stats()).toMatchObject({ delivered: 15, dropped: { timeout: 5 } });
      },
    );
  });

  it('a status of 200 counts although its answer never ends within the deadline', async () => {
    await withHttp(
      {
        timeoutMillis: 500,
        services: { faults: [{ kind: 'slow-body', durationMillis: 3_000 }] },
      },
      async ({ exporter, http, send }) => {
        http.respondWith({ body: 'x'.repeat(1_000) });
        expect(await send(createLogRecords(3))).toBeUndefined();
        expect(exporter.stats()).toMatchObject({ delivered: 3, requests: 1 });
      },
    );
  });

  it('a status of 200 counts although the connection is reset in the middle of its answer', async () => {
    const { origin } = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbegun');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    await withHttp({ url: () => origin }, async ({ exporter, send }) => {
      expect(await send(createLogRecords(3))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 3, requests: 1 });
    });
  });

  it('an answer of megabytes that nobody needs is cut off', async () => {
    await withHttp({}, async ({ exporter, http, send }) => {
      http.respondWith({ body: 'x'.repeat(10_000_000) });
      expect(await send(createLogRecords(3))).toBeUndefined();
      expect(await send(createLogRecords(3))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 6, requests: 2 });
    });
  });

  it('an address where nobody listens is tried until the deadline, then told by its code', async () => {
    await withHttp(
      { url: () => 'http://127.0.0.1:1/', timeoutMillis: 200 },
      async ({ exporter, send }) => {
        const error = await send(createLogRecords(3));
        expect(exporter.stats()).toMatchObject({ delivered: 0, dropped: { retry_exhausted: 3 } });
        expect(error?.cause).toMatchObject({ name: 'ServiceError', code: 'ECONNREFUSED' });
      },
    );
  });

  it('an outage is waited out', async () => {
    await withHttp({}, async ({ exporter, http, send, services }) => {
      await send(createLogRecords(1));
      await services.pause();
      const sent = send(createLogRecords(50));
      await services.resume();
      expect(await sent).toBeUndefined();
      expect(http.decoded).toHaveLength(51);
      expect(exporter.stats()).toMatchObject({ delivered: 51 });
    });
  });

  it('random records and faults lose nothing and double nothing unless an answer was lost', async () => {
    const kinds = [
      'throttle',
      'service-unavailable',
      'reset-before-accept',
      'reset-after-accept',
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer(),
          rate: fc.double({ min: 0, max: 0.5, noNaN: true }),
          kind: fc.constantFrom(...kinds),
          framing: fc.constantFrom('lines' as const, 'array' as const),
          maxRequestBytes: fc.integer({ min: 3_000, max: 60_000 }),
          groups: fc.integer({ min: 1, max: 5 }),
          bodies: fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 50, maxLength: 300 }),
        }),
        async ({ bodies, framing, groups, kind, maxRequestBytes, rate, seed }) => {
          await withHttp(
            {
              services: { seed, faults: [{ kind, rate }] },
              framing,
              maxRequestBytes,
              groupBy: ({ attributes }) => String(attributes['group']),
            },
            async ({ exporter, http, send }) => {
              const records = createLogRecords(bodies.length, (index) => ({
                body: 'x'.repeat(bodies[index] ?? 0),
                attributes: { group: index % groups },
              }));
              expect(await send(records)).toBeUndefined();
              const arrived = arrivedUids(http);
              expect(new Set(arrived)).toEqual(new Set(uidsOf(records)));
              if (kind !== 'reset-after-accept') expect(arrived).toHaveLength(records.length);
              expect(exporter.stats()).toMatchObject({ delivered: records.length, inFlight: 0 });
            },
          );
        },
      ),
      { numRuns: 15 },
    );
  });
});
