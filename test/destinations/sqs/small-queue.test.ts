import { describe, expect, it } from 'vitest';
import { createLogRecord, type LocalServicesOptions } from '../../../src/testing/index.ts';
import { records, uidsOf, withSqs } from './support/sqs-run.ts';

/** The first message that is too large is refused: that is how the limit is learnt. */
const refusal = expect.objectContaining({ rule: 'message-bytes' });
const queueOf = (
  bytes: number,
  refusals = 1,
): LocalServicesOptions & { violations: unknown[] } => ({
  sqs: { queues: { logs: { MaximumMessageSize: String(bytes) } } },
  violations: Array(refusals).fill(refusal),
});

describe('a queue that takes less than 256 KiB', () => {
  it('gets what it refused again, cut, and later records cut from the start', async () => {
    await withSqs(
      {},
      async ({ batches, drops, messages, send, uids }) => {
        const sent = [...records(4), createLogRecord({ body: 'x'.repeat(50_000) }), ...records(4)];
        expect(await send(sent)).toBe(0);
        expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
        expect(batches()).toEqual([9, 1]);
        expect(await send(records(3, { body: 'x'.repeat(50_000) }))).toBe(0);
        expect(batches()).toEqual([9, 1, 3]);
        expect(messages().every(({ body }) => Buffer.byteLength(body) <= 8_192)).toBe(true);
        expect(drops).toEqual([]);
      },
      queueOf(8_192),
    );
  });

  it('gets messages of many lines divided, none of them cut', async () => {
    await withSqs(
      { aggregation: 'lines', messageAttributes: { tenant: 'acme' } },
      async ({ messages, send, services, uids }) => {
        const sent = records(120, { body: 'x'.repeat(300) });
        expect(await send(sent)).toBe(0);
        expect(uids()).toEqual(uidsOf(sent));
        const cut = services.sqs.decoded.filter((record) => 'truncated' in Object(record));
        expect(cut).toEqual([]);
        expect(messages().length).toBeLessThan(40);
      },
      queueOf(4_096, 2),
    );
  });

  it('gets a record in parts where records are split', async () => {
    await withSqs(
      { oversize: 'split' },
      async ({ send, services }) => {
        expect(await send(records(1, { body: 'x'.repeat(20_000) }))).toBe(0);
        const parts = services.sqs.decoded as { part: { index: number }; body: string }[];
        parts.sort((one, other) => one.part.index - other.part.index);
        expect(parts.map(({ body }) => body).join('')).toBe('x'.repeat(20_000));
      },
      queueOf(4_096),
    );
  });

  it('in base64 gets compressed lines divided', async () => {
    await withSqs(
      { aggregation: 'lines', compression: 'gzip' },
      async ({ exporter, messages, send }) => {
        expect(await send(records(400))).toBe(0);
        expect(exporter.stats().delivered).toBe(400);
        expect(messages().every(({ body }) => body.length <= 4_096)).toBe(true);
      },
      queueOf(4_096, 1),
    );
  });

  it('loses what cannot be cut again, counted as too large, and only that', async () => {
    await withSqs(
      { oversize: 'drop' },
      async ({ drops, messages, send }) => {
        const large = createLogRecord({ body: 'x'.repeat(10_000) });
        expect(await send([...records(3), large, ...records(3)])).toBe(1);
        expect(messages()).toHaveLength(6);
        expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
      },
      queueOf(4_096),
    );
  });

  it('is understood too when it refuses the whole call for it', async () => {
    await withSqs({}, async ({ messages, send, services, uids }) => {
      services.setFaults([
        {
          kind: 'error',
          name: 'InvalidParameterValue',
          message:
            'One or more parameters are invalid. Reason: Message must be shorter than 4096 bytes.',
          match: ({ input }) => {
            const { Entries = [] } = input as { Entries?: { MessageBody: string }[] };
            return Entries.some(({ MessageBody }) => Buffer.byteLength(MessageBody) > 4_096);
          },
        },
      ]);
      const sent = [...records(3), createLogRecord({ body: 'x'.repeat(10_000) }), ...records(3)];
      expect(await send(sent)).toBe(0);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      expect(messages().every(({ body }) => body.length <= 4_096)).toBe(true);
    });
  });

  it('that says so of messages that are small enough costs its records, counted, and no storm', async () => {
    await withSqs({}, async ({ batches, drops, send, services }) => {
      services.setFaults([
        {
          kind: 'error',
          name: 'InvalidParameterValue',
          message: 'Reason: Message must be shorter than 262144 bytes.',
        },
      ]);
      expect(await send(records(4))).toBe(1);
      expect(batches().length).toBeLessThan(10);
      expect(drops.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    });
  });

  it('in a FIFO queue gets each of its messages once', async () => {
    await withSqs(
      { queueName: 'logs.fifo', aggregation: 'lines' },
      async ({ send, uids }) => {
        const sent = records(100);
        expect(await send(sent)).toBe(0);
        expect(uids()).toEqual(uidsOf(sent));
      },
      { sqs: { queues: { 'logs.fifo': { MaximumMessageSize: '2048' } } }, violations: [refusal] },
    );
  });
});
