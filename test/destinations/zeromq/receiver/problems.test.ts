import { gzipSync } from 'node:zlib';
import { diag } from '@opentelemetry/api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ZeroMqLogReceiver } from '../../../../src/destinations/zeromq/index.ts';
import { collect, senderTo } from './support/collect.ts';

it('a damaged message is reported and its neighbours are kept', async () => {
  const { problems, receiver, received } = await collect();
  const sender = senderTo(receiver);
  await sender.send(['PLJ', '{"body":1}\nrubbish with a secret\n{"body":2}\n']);
  await sender.send(['PLJ', '']);
  await sender.send(['PLJ', Buffer.from([0xff, 0xfe, 0x00])]);
  await sender.send('{"body":3}');
  await sender.send(['PLJ', '{"body":4}', '{"body":5}']);
  await sender.send(['PLM', Buffer.from([0x81, 0xa4, 0x62])]);
  await expect.poll(() => received.length).toBe(5);
  await expect.poll(() => problems.length).toBe(4);
  expect(received.map(({ record }) => record.body)).toEqual([1, 2, 3, 4, 5]);
  expect(received.map(({ topic }) => topic)).toEqual(['PLJ', 'PLJ', '', 'PLJ', 'PLJ']);
  expect(problems.map(({ error }) => error.message).join()).not.toContain('secret');
  expect(String(problems[0]?.body)).toContain('secret');
  expect(receiver.stats()).toMatchObject({ messages: 6, damaged: 4 });
});

it('a small message of very many tiny records is read to a bound, and the next one is read', async () => {
  const { receiver, received, problems } = await collect({ maxMessageBytes: 1_048_576 });
  const sender = senderTo(receiver);
  await sender.send(['PLJ', gzipSync('{}\n'.repeat(300_000))]);
  await sender.send(['PLJ', '{"body":"next"}']);
  await expect.poll(() => receiver.stats().messages, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => received.at(-1)?.record.body, { timeout: 10_000 }).toBe('next');
  expect(received.length).toBeLessThan(50_000);
  expect(problems).toMatchObject([
    { kind: 'damaged', error: { message: expect.stringContaining('bytes of memory') } },
  ]);
});

it('a callback that throws does not end it', async () => {
  const fail = (): never => {
    throw new Error('callback');
  };
  const { receiver, received } = await collect({ onProblem: fail, onGap: fail });
  const sender = senderTo(receiver);
  const numbered = (number: number): string => `{"sequence":{"id":"s","number":${number}}}`;
  for (const body of ['rubbish', numbered(1), numbered(9), '{}']) await sender.send(['PLJ', body]);
  await expect.poll(() => received.length).toBe(3);
});

it('without onProblem damaged messages are warned of rarer and rarer, without their contents', async () => {
  const warnings: string[] = [];
  vi.spyOn(diag, 'warn').mockImplementation((message) => void warnings.push(message));
  onTestFinished(() => void vi.restoreAllMocks());
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:*',
    handlers: [{ match: () => true, handle() {} }],
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  const sender = senderTo(receiver);
  for (let count = 0; count < 100; count += 1) await sender.send(['PLJ', 'a secret']);
  await expect.poll(() => receiver.stats().damaged).toBe(100);
  expect(warnings).toHaveLength(7);
  expect(warnings[0]).toContain('zeromq receiver: a damaged message (1 so far)');
  expect(warnings.join()).not.toContain('secret');
});

it('without onProblem a handler that throws is warned of as such', async () => {
  const warnings: string[] = [];
  vi.spyOn(diag, 'warn').mockImplementation((message) => void warnings.push(message));
  onTestFinished(() => void vi.restoreAllMocks());
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:*',
    handlers: [
      {
        match: () => true,
        handle() {
          throw new Error('full');
        },
      },
    ],
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  await senderTo(receiver).send(['PLJ', JSON.stringify({ body: 'a' })]);
  await expect.poll(() => warnings).toHaveLength(1);
  expect(warnings[0]).toContain('zeromq receiver: a handler that threw (1 so far)');
});

it('goes on when the callbacks and handlers of the application reject', async () => {
  const unhandled: unknown[] = [];
  const note = (thrown: unknown): void => void unhandled.push(thrown);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const rejects = (): Promise<never> => Promise.reject(new Error('bug of the application'));
  const handled: string[] = [];
  const { receiver } = await collect({
    handlers: [
      { match: rejects, handle: () => {} },
      { match: () => Promise.resolve(false), handle: () => void handled.push('not wanted') },
      { match: () => Promise.resolve(true), handle: ({ topic }) => void handled.push(topic) },
    ],
    onGap: rejects,
    onProblem: rejects,
  });
  const sender = senderTo(receiver);
  const numbered = (number: number): string =>
    JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', sequence: { id: 'a', number } });
  await sender.send(['PLJ', numbered(1)]);
  await sender.send(['PLJ', 'no record']);
  await sender.send(['PLJ', numbered(5)]);
  await expect.poll(() => handled).toEqual(['PLJ', 'PLJ']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(receiver.stats()).toMatchObject({ missing: 3, damaged: 1, handlerErrors: 2 });
  expect(unhandled).toEqual([]);
});
