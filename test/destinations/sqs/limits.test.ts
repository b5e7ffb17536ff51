import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLogRecord } from '../../../src/testing/index.ts';
import { records, type SqsRun, uidsOf, withSqs } from './support/sqs-run.ts';

const MIB = 1_048_576;
const text = (bytes: number, character = 'x'): string =>
  character.repeat(Math.floor(bytes / Buffer.byteLength(character)));
/** Name, type and value of each attribute, and the body: what SQS counts. */
const sizes = ({ messages }: SqsRun): number[] =>
  messages().map(({ attributes, body }) =>
    Object.entries(attributes).reduce(
      (sum, [name, { DataType, StringValue = '' }]) =>
        sum + Buffer.byteLength(name) + DataType.length + Buffer.byteLength(StringValue),
      Buffer.byteLength(body),
    ),
  );

describe('a request to SQS', () => {
  it('has 10 messages at most, and ids "0" to "9"', async () => {
    await withSqs({}, async ({ batches, send, services, uids }) => {
      const ids: unknown[] = [];
      services.setFaults([
        {
          kind: 'delay',
          durationMillis: 0,
          match: ({ input }) => {
            const { Entries = [] } = input as { Entries?: { Id: string }[] };
            ids.push(Entries.map(({ Id }) => Id).join(' '));
            return false;
          },
        },
      ]);
      const sent = records(25);
      expect(await send(sent)).toBe(0);
      expect(batches().toSorted((a, b) => a - b)).toEqual([5, 10, 10]);
      expect(ids).toContain('0 1 2 3 4 5 6 7 8 9');
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
    });
  });

  it('has as many messages as the option says', async () => {
    await withSqs({ maxMessagesPerRequest: 3 }, async ({ batches, send }) => {
      expect(await send(records(7))).toBe(0);
      expect(batches().toSorted()).toEqual([1, 3, 3]);
    });
  });

  it.each<[string, object]>([
    ['text', { encoding: 'body' }],
    ['text of four bytes a character', { encoding: 'body', character: '😀' }],
    ['JSON', {}],
    ['base64', { encoding: 'msgpack' }],
    ['compressed bytes', { compression: 'gzip' }],
  ])(
    'is filled up to 1,048,576 bytes with its attributes and not one more: %s',
    async (_form, form) => {
      const { character, ...options } = { character: 'x', ...form };
      await withSqs(
        {
          ...options,
          maxMessageBytes: MIB,
          messageAttributes: { tenant: 'acme', unit: '{severity}' },
        },
        async (run) => {
          const sent = [5, 104_000, 262_144, 400_000, 500_000, 786_000, 1_040_000].flatMap(
            (bytes) => records(4, { body: text(bytes, character) }),
          );
          expect(await run.send(sent)).toBe(0);
          expect(run.messages()).toHaveLength(sent.length);
          expect(run.batches().length).toBeLessThan(sent.length);
          expect(Math.max(...sizes(run))).toBeLessThanOrEqual(MIB);
        },
      );
    },
  );
});

describe('a message to SQS', () => {
  it.each([1_024, 2_000, 65_536, 262_144, MIB])(
    'is cut to %d bytes with its attributes, to the byte',
    async (maxMessageBytes) => {
      const messageAttributes = { tenant: 'é', kind: 'log' };
      await withSqs({ maxMessageBytes, messageAttributes }, async (run) => {
        const sent = records(2, { body: text(maxMessageBytes + 10) });
        expect(await run.send(sent)).toBe(0);
        const [size = 0] = sizes(run);
        expect(size).toBeLessThanOrEqual(maxMessageBytes);
        expect(size).toBeGreaterThan(maxMessageBytes - 8);
        expect(run.services.sqs.decoded).toMatchObject([{ truncated: {} }, { truncated: {} }]);
      });
    },
  );

  it('is exactly as long as it may be when it fits exactly', async () => {
    await withSqs({ encoding: 'body' }, async (run) => {
      const exact = createLogRecord({ body: text(262_144) });
      const over = createLogRecord({ body: text(262_145) });
      expect(await run.send([exact, over])).toBe(0);
      expect(sizes(run)).toEqual([262_144, 262_144]);
    });
  });

  it('counts the bytes, not the characters', async () => {
    await withSqs({ encoding: 'body', maxMessageBytes: 1024 }, async (run) => {
      expect(await run.send(records(1, { body: text(2_000, '😀') }))).toBe(0);
      expect(sizes(run)).toEqual([1024]);
      expect(run.messages()[0]?.body).toBe('😀'.repeat(256));
    });
  });

  it('fits in base64 even when it does not compress', async () => {
    for (const compression of ['gzip', 'zstd'] as const) {
      await withSqs({ compression, encoding: 'msgpack', maxMessageBytes: 20_000 }, async (run) => {
        const noise = [10, 1_000, 14_000, 14_500, 14_700, 14_800, 30_000];
        expect(
          await run.send(noise.map((bytes) => createLogRecord({ body: randomBytes(bytes) }))),
        ).toBe(0);
        expect(Math.max(...sizes(run))).toBeLessThanOrEqual(20_000);
        expect(Math.max(...sizes(run))).toBeGreaterThan(19_000);
      });
    }
  });

  it('is not sent when it has no body, and that is counted', async () => {
    await withSqs({ encoding: 'body' }, async ({ drops, messages, send }) => {
      const empty = createLogRecord();
      expect(await send([{ ...empty, body: '' } as typeof empty, createLogRecord()])).toBe(1);
      expect(messages()).toHaveLength(1);
      expect(drops).toMatchObject([{ reason: 'invalid', count: 1 }]);
    });
  });

  it('that is too large is dropped and counted when it may not be cut', async () => {
    await withSqs({ oversize: 'drop' }, async ({ drops, messages, send }) => {
      expect(await send([...records(2), createLogRecord({ body: text(262_144) })])).toBe(1);
      expect(messages()).toHaveLength(2);
      expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
    });
  });

  it('that is too large is sent in parts when it may be split', async () => {
    await withSqs(
      { oversize: 'split', maxMessageBytes: 1_500 },
      async ({ exporter, send, services }) => {
        expect(await send(records(1, { body: text(5_000) }))).toBe(0);
        const parts = services.sqs.decoded as { part: { index: number }; body: string }[];
        parts.sort((one, other) => one.part.index - other.part.index);
        expect(parts.map(({ body }) => body).join('')).toBe(text(5_000));
        expect(exporter.stats().delivered).toBe(1);
      },
    );
  });
});
