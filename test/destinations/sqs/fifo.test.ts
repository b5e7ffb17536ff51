import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogRecord, createResource, type Fault } from '../../../src/testing/index.ts';
import { NotedExpectations } from '../../support/noted-expectations.ts';
import { byGroup, fifo, numberOf, tenantRecords } from './support/fifo-queue.ts';
import { records, uidsOf, withSqs } from './support/sqs-run.ts';

describe('a FIFO queue', () => {
  it('gets the group of the service by default, and an id of its own for each message', async () => {
    await withSqs(fifo(), async ({ messages, send, uids }) => {
      const sent = records(25);
      expect(await send(sent)).toBe(0);
      expect(uids()).toEqual(uidsOf(sent));
      expect(new Set(messages().map(({ messageGroupId }) => messageGroupId))).toEqual(
        new Set(['local-service']),
      );
      const ids = messages().map(({ messageDeduplicationId = '' }) => messageDeduplicationId);
      expect(new Set(ids).size).toBe(25);
      expect(ids.every((id) => /^[!-~]{1,128}$/.test(id))).toBe(true);
    });
  });

  it('is known by its address too', async () => {
    await withSqs(
      ({ sqs }) => ({ queueUrl: sqs.queueUrl('logs.fifo') }),
      async ({ messages, send }) => {
        expect(await send(records(2))).toBe(0);
        expect(messages().map(({ messageGroupId }) => messageGroupId)).toEqual([
          'local-service',
          'local-service',
        ]);
      },
    );
  });

  it('keeps equal log lines apart that a content hash would take for one', async () => {
    const services = { sqs: { queues: { 'logs.fifo': { ContentBasedDeduplication: 'true' } } } };
    await withSqs(
      fifo({ encoding: 'body' }),
      async ({ messages, send }) => {
        expect(await send(records(5, { body: 'tick' }))).toBe(0);
        expect(messages().map(({ body }) => body)).toEqual(Array(5).fill('tick'));
      },
      services,
    );
  });

  it('is told of drops without its groups, which may name somebody', async () => {
    const options = fifo({ messageGroupId: '{attributes.email}' });
    await withSqs(options, async ({ drops, send, services }) => {
      services.setFaults([{ kind: 'error', name: 'AccessDeniedException' }]);
      expect(await send(records(1, { attributes: { email: 'secret@x.org' } }))).toBe(1);
      expect(drops).toMatchObject([{ target: 'logs.fifo' }]);
    });
  });

  it('gets groups from a template, escaped to what a group may be', async () => {
    const values = ['plain', 'with space', 'ümlaut', 'a/b:c', '', 'x'.repeat(300), '😀', '\u0000'];
    const messageGroupId = 'tenant-{attributes.tenant}';
    await withSqs(fifo({ messageGroupId }), async ({ messages, send }) => {
      const sent = values.map((tenant) => createLogRecord({ attributes: { tenant } }));
      expect(await send(sent)).toBe(0);
      const groups = messages().map(({ messageGroupId: group = '' }) => group);
      expect(groups.every((group) => /^tenant-[!-~]{1,121}$/.test(group))).toBe(true);
      expect(groups).toEqual(
        expect.arrayContaining([
          'tenant-plain',
          'tenant-with_space',
          'tenant-a/b:c',
          'tenant-unknown',
        ]),
      );
    });
  });

  it('has one call in flight for a group, and calls of several groups side by side', async () => {
    const messageGroupId = '{attributes.tenant}';
    await withSqs(
      fifo({ messageGroupId }),
      async ({ messages, send, services }) => {
        const inFlight = new Map<string, number>();
        let mostInFlight = 0;
        const noted = new NotedExpectations();
        services.setFaults([
          {
            kind: 'delay',
            durationMillis: 0,
            match: ({ input, operation }) => {
              if (operation !== 'SendMessageBatch') return false;
              const { Entries } = input as { Entries: { MessageGroupId: string }[] };
              const groups = new Set(Entries.map(({ MessageGroupId }) => MessageGroupId));
              const [group = ''] = groups;
              noted.check(() => {
                expect(groups.size).toBe(1);
                expect(inFlight.get(group) ?? 0).toBe(0);
              });
              inFlight.set(group, 1);
              mostInFlight = Math.max(mostInFlight, [...inFlight.values()].filter(Boolean).length);
              void setTimeout(4).then(() => inFlight.set(group, 0));
              return false;
            },
          },
        ]);
        expect(await send(tenantRecords(90))).toBe(0);
        noted.confirm();
        expect(mostInFlight).toBeGreaterThan(1);
        for (const [, group] of byGroup(messages())) {
          const numbers = group.map(({ body }) => numberOf(body));
          expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
        }
      },
      { latencyMillis: 5 },
    );
  });

  it.each<[string, Fault]>([
    ['was lost before it was taken', { kind: 'reset-before-accept', service: 'sqs', rate: 0.3 }],
    ['was taken but the answer lost', { kind: 'reset-after-accept', service: 'sqs', rate: 0.3 }],
    ['was taken but the answer garbled', { kind: 'malformed-answer', service: 'sqs', rate: 0.3 }],
    ['was throttled', { kind: 'throttle', service: 'sqs', rate: 0.3 }],
  ])('keeps order and gets nothing twice when a call %s', async (_what, fault) => {
    const options = fifo({ messageGroupId: '{attributes.tenant}' });
    await withSqs(options, async ({ messages, send, services, uids }) => {
      services.setFaults([{ ...fault, operation: 'SendMessageBatch' }]);
      const sent = tenantRecords(150);
      expect(await send(sent)).toBe(0);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      for (const [, group] of byGroup(messages())) {
        const numbers = group.map(({ body }) => numberOf(body));
        expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
      }
    });
  });

  it('keeps order even when messages fail one by one, with one message a call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (seed) => {
        const options = fifo({ maxMessagesPerRequest: 1 });
        await withSqs(
          options,
          async ({ messages, send, services }) => {
            services.setFaults([{ kind: 'partial-failure', service: 'sqs', fraction: 0.4 }]);
            expect(await send(tenantRecords(20))).toBe(0);
            expect(messages().map(({ body }) => numberOf(body))).toEqual(
              Array.from({ length: 20 }, (_, index) => index),
            );
          },
          { seed },
        );
      }),
      { numRuns: 10 },
    );
  });

  it('gets what failed of a call again in its order, each once', async () => {
    await withSqs(fifo(), async ({ batches, messages, send, services }) => {
      services.setFaults([
        { kind: 'partial-failure', operation: 'SendMessageBatch', entries: [1, 4, 7], times: 1 },
      ]);
      expect(await send(tenantRecords(10))).toBe(0);
      expect(batches()).toEqual([10, 3]);
      expect(messages().map(({ body }) => numberOf(body))).toEqual([0, 2, 3, 5, 6, 8, 9, 1, 4, 7]);
    });
  });
});

describe('a standard queue', () => {
  it('gets no group and no id unless a group is asked for', async () => {
    await withSqs({}, async ({ messages, send }) => {
      await send(records(1));
      expect(messages()[0]).not.toHaveProperty('messageGroupId');
    });
    await withSqs({ messageGroupId: '{service.name}' }, async ({ messages, send }) => {
      await send(records(1));
      expect(messages()[0]).toHaveProperty('messageGroupId', 'local-service');
      expect(messages()[0]).not.toHaveProperty('messageDeduplicationId');
    });
  });

  it('beside a FIFO queue of the same exporter is sent side by side', async () => {
    const queueName = ({ attributes }: { attributes: Record<string, unknown> }) =>
      String(attributes['queue']);
    await withSqs({ queueName }, async ({ messages, send }) => {
      const sent = ['audit.fifo', 'logs', 'audit.fifo'].map((queue) =>
        createLogRecord({ attributes: { queue }, resource: createResource() }),
      );
      expect(await send(sent)).toBe(0);
      const seen = messages().map(
        ({ messageGroupId, queueName: queue }) => `${queue} ${messageGroupId}`,
      );
      expect(seen.toSorted()).toEqual([
        'audit.fifo local-service',
        'audit.fifo local-service',
        'logs undefined',
      ]);
    });
  });
});
