import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LazySocket } from '../../../src/destinations/zeromq/lazy-socket.ts';
import { createZeroMqSender } from '../../../src/destinations/zeromq/zeromq-sender.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { exportRecords } from '../../support/export-records.ts';
import { createExporter, quick } from './support/zeromq-run.ts';

const noRoom = (): Error => Object.assign(new Error('No room'), { code: 'EAGAIN' });

/** A socket of the application that has room for so many messages, then for none, and again for the next so many. */
class NarrowSocket {
  closed = false;
  sendTimeout = 0;
  readonly messages: { readonly topic: string; readonly body: Uint8Array }[] = [];
  readonly #rooms: readonly number[];
  #turn = 0;
  #room = 0;

  constructor(rooms: readonly number[]) {
    this.#rooms = rooms;
  }

  async send([topic, body]: readonly [Uint8Array, Uint8Array]): Promise<void> {
    if (this.#room === 0) {
      this.#room = this.#rooms[this.#turn % this.#rooms.length] ?? 0;
      this.#turn += 1;
      throw noRoom();
    }
    this.#room -= 1;
    this.messages.push({ topic: String(topic), body: Uint8Array.from(body) });
  }
}

it('however little room there is, each record arrives once, and in the order of its topic', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rooms: fc.array(fc.oneof(fc.constantFrom(0, 1), fc.nat(200)), { maxLength: 20 }),
        calls: fc.array(fc.array(fc.constantFrom('a', 'a', 'b'), { maxLength: 120 }), {
          minLength: 1,
          maxLength: 5,
        }),
        compression: fc.constantFrom('none' as const, 'gzip' as const),
        aggregation: fc.constantFrom('none' as const, 'lines' as const),
        topic: fc.constantFrom('all', '{attributes.tenant}'),
        acknowledge: fc.constantFrom('accepted' as const, 'delivered' as const),
      }),
      async ({ calls, rooms, ...options }) => {
        const socket = new NarrowSocket([...rooms, 1]);
        const exporter = createExporter({
          ...quick,
          ...options,
          socket,
          encoding: 'body',
          maxRecordsPerMessage: 7,
        });
        let number = 0;
        const codes = calls.map(async (tenants) => {
          const records = tenants.map((tenant) => {
            number += 1;
            const body = `${tenant}:${number};${number % 50 === 0 ? '.'.repeat(3000) : ''}`;
            return createLogRecord({ body, attributes: { tenant } });
          });
          return (await exportRecords(exporter, records)).code;
        });
        await exporter.forceFlush();
        const arrived = socket.messages.flatMap(({ body, topic }) => {
          const text = String(
            options.compression === 'gzip' ? gunzipSync(body) : Buffer.from(body),
          );
          return Array.from(text.matchAll(/([ab]):(\d+);/gu), ([, tenant, of]) => ({
            topic,
            isRight: options.topic === 'all' || tenant === topic.split('|')[0],
            number: Number(of),
          }));
        });
        expect(arrived.every(({ isRight }) => isRight)).toBe(true);
        for (const topic of new Set(arrived.map((one) => one.topic))) {
          const numbers = arrived.filter((one) => one.topic === topic).map((one) => one.number);
          expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
        }
        expect(new Set(arrived.map((one) => one.number)).size).toBe(number);
        expect(arrived).toHaveLength(number);
        expect(exporter.stats()).toMatchObject({
          exported: number,
          delivered: number,
          dropped: {},
          inFlight: 0,
          bufferedBytes: 0,
        });
        expect(await Promise.all(codes)).toEqual(calls.map(() => 0));
        await exporter.shutdown();
      },
    ),
    { numRuns: 60 },
  );
});

it('what finds no room is not compressed again for each message that does', async () => {
  const count = 300;
  let compressed = 0;
  const sender = createZeroMqSender({
    socket: new LazySocket(async () => ({
      endpoint: 'here',
      hasReceiver: true,
      send: async () => 1,
      close: async () => {},
    })),
    sendTimeoutMillis: 100,
    async compress(bytes) {
      compressed += 1;
      return bytes;
    },
  });
  const { signal } = new AbortController();
  let entries = Array.from({ length: count }, (_, sequence) => ({
    bytes: Buffer.from(String(sequence)),
    recordCount: 1,
    timeMillis: 0,
    sequence,
  }));
  while (entries.length > 0) {
    const target = { key: 'logs', names: { topic: 'logs' } };
    const outcome = await sender({ target, entries }, { signal });
    const left = outcome?.status === 'partial' ? outcome.entries : [];
    expect(left.length === 0 || left.length === entries.length).toBe(true);
    entries = entries.filter((_, index) => left[index]?.status === 'retryable');
  }
  expect(compressed).toBeLessThan(4 * count);
});
