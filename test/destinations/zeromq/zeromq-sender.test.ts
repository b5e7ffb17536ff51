import { expect, it } from 'vitest';
import { LazySocket } from '../../../src/destinations/zeromq/lazy-socket.ts';
import type { SendChannel } from '../../../src/destinations/zeromq/send-channel.ts';
import { createZeroMqSender } from '../../../src/destinations/zeromq/zeromq-sender.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';

const request = {
  target: { key: '', names: { topic: 'T' } },
  entries: [{ bytes: Buffer.from('{}'), recordCount: 1, timeMillis: 0, sequence: 1 }],
};

/** Sends one message through a channel that takes none before this time; `looks` are the times at which it was asked. */
async function sendThrough(takesAfterMillis: number, sendTimeoutMillis = 1_000) {
  const clock = new FakeRuntime();
  const startMillis = clock.monotonicMillis();
  const looks: number[] = [];
  const channel: SendChannel = {
    endpoint: 'inproc://test',
    hasReceiver: true,
    async send(_topic, bodies) {
      looks.push(clock.monotonicMillis() - startMillis);
      return clock.monotonicMillis() - startMillis < takesAfterMillis ? 0 : bodies.length;
    },
    async close() {},
  };
  const abort = new AbortController();
  const socket = new LazySocket(async () => channel);
  const send = createZeroMqSender({ socket, sendTimeoutMillis, compress: undefined }, clock);
  const outcome = Promise.resolve(send(request, { signal: abort.signal }));
  await expect.poll(() => looks).toEqual([0]);
  return { abort, clock, looks, outcome };
}

it('a receiver that is not ready is looked for often at first, then every 50 ms', async () => {
  const { clock, looks, outcome } = await sendThrough(200);
  expect(await clock.advanceUntil(outcome)).toEqual({ status: 'delivered' });
  expect(looks).toEqual([0, 1, 3, 7, 15, 31, 63, 113, 163, 213]);
});

it('no receiver within sendTimeoutMillis is told, and the next attempt may follow at once', async () => {
  const { clock, looks, outcome } = await sendThrough(Number.POSITIVE_INFINITY, 100);
  expect(await clock.advanceUntil(outcome)).toMatchObject({
    status: 'retryable',
    error: { message: expect.stringContaining('within 100 ms') },
    retryAfterMillis: 0,
  });
  expect(looks.at(-1)).toBe(100);
  expect(clock.pendingTimers).toEqual([]);
});

it('an abort ends the wait for a receiver', async () => {
  const { abort, clock, outcome } = await sendThrough(Number.POSITIVE_INFINITY);
  await expect.poll(() => clock.pendingTimers).toHaveLength(1);
  abort.abort();
  expect(await outcome).toMatchObject({ status: 'retryable' });
  expect(clock.pendingTimers).toEqual([]);
});
