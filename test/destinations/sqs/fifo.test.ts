import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';
import { createLogRecord, createResource, type Fault } from '../../../src/testing/index.ts';
import { NotedExpectations } from '../../support/noted-expectations.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { records, uidsOf, withSqs } from './support/sqs-run.ts';

const fifo = (options: object = {}): object => ({ queueName: 'logs.fifo', ...options });
const byGroup = (messages: readonly { messageGroupId?: string; body: string }[]) =>
  Map.groupBy(messages, ({ messageGroupId }) => messageGroupId ?? '');
const tenants = ['a', 'b', 'c'];
const tenantRecords = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    createLogRecord({ attributes: { tenant: tenants[index % 3] ?? '', number: index } }),
  );
const numberOf = (body: string): number => JSON.parse(body).attributes.number;

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

describe('a FIFO queue whose messages have attributes of their records', () => {
  const severities = ['info', 'warn', 'error'];
  const options = (more: object = {}): object =>
    fifo({
      messageGroupId: '{attributes.tenant}',
      messageAttributes: { severity: '{severity}' },
      ...more,
    });
  const severe = (turns: readonly number[]) =>
    turns.map((turn, index) =>
      createLogRecord({
        severityText: severities[turn % 3] ?? '',
        severityNumber: [9, 13, 17][turn % 3] ?? 9,
        attributes: { tenant: tenants[(turn >> 2) % 3] ?? '', number: index },
      }),
    );
  const numbersIn = (bodies: readonly { body: string }[]) =>
    bodies.flatMap(({ body }) => body.trimEnd().split('\n').map(numberOf));
  const turns = fc.array(fc.nat(11), { minLength: 1, maxLength: 60 });

  it.each<[string, object, Fault | undefined]>([
    ['nothing goes wrong', {}, undefined],
    ['calls are throttled', {}, { kind: 'throttle', service: 'sqs', rate: 0.3 }],
    ['answers are lost', {}, { kind: 'reset-after-accept', service: 'sqs', rate: 0.3 }],
    [
      'each has a call',
      { maxMessagesPerRequest: 1 },
      { kind: 'throttle', service: 'sqs', rate: 0.3 },
    ],
    [
      'lines are put together',
      { aggregation: 'lines' },
      { kind: 'throttle', service: 'sqs', rate: 0.3 },
    ],
  ])('keeps the order of each group when %s', async (_when, more, fault) => {
    await fc.assert(
      fc.asyncProperty(turns, fc.nat(1000), async (given, seed) => {
        await withSqs(
          options(more),
          async ({ messages, send, services }) => {
            if (fault !== undefined)
              services.setFaults([{ ...fault, operation: 'SendMessageBatch' }]);
            const sent = severe(given);
            const half = sent.length >> 1;
            const codes = await Promise.all([send(sent.slice(0, half)), send(sent.slice(half))]);
            expect(codes).toEqual([0, 0]);
            expect(numbersIn(messages()).toSorted((a, b) => a - b)).toEqual([...given.keys()]);
            for (const [, group] of byGroup(messages())) {
              const numbers = numbersIn(group);
              expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
            }
          },
          { seed },
        );
      }),
      { numRuns: 8 },
    );
  });

  it('has each message with the attributes of its record', async () => {
    await withSqs(options(), async ({ messages, send }) => {
      expect(await send(severe([0, 1, 1, 2, 0]))).toBe(0);
      const seen = messages().map(({ attributes }) => attributes['severity']?.StringValue);
      expect(seen).toEqual(['info', 'warn', 'warn', 'error', 'info']);
    });
  });

  it('takes as many calls as the attributes change, and no more', async () => {
    await withSqs(options(), async ({ batches, send }) => {
      expect(await send(severe([0, 0, 0, 1, 1, 0, 0, 0, 0]))).toBe(0);
      expect(batches()).toEqual([3, 2, 4]);
    });
  });

  it('goes on with the next ones when some are refused for good', async () => {
    await withSqs(options(), async ({ messages, send, services }) => {
      services.setFaults([
        { kind: 'error', name: 'AccessDeniedException', operation: 'SendMessageBatch', times: 1 },
      ]);
      expect(await send(severe([0, 1, 0, 1]))).toBe(1);
      expect(numbersIn(messages())).toEqual([1, 2, 3]);
    });
  });

  const fixedGroup = options({ messageGroupId: 'g' });
  const unavailable: Fault = { kind: 'service-unavailable', operation: 'SendMessageBatch' };
  const slow: Fault = { kind: 'delay', durationMillis: 100, operation: 'SendMessageBatch' };

  it('keeps the order when the summary of what was lost goes among them', async () => {
    await withSqs({ ...fixedGroup, timeoutMillis: 3000 }, async ({ messages, send, services }) => {
      const all = severe(Array.from({ length: 40 }, (_, index) => index % 2));
      services.setFaults([unavailable]);
      // It has no number: in its last attempt it may arrive after all.
      expect(await send(records(1, { severityText: 'info', severityNumber: 9 }))).toBe(1);
      services.setFaults([]);
      expect(await send(all.slice(0, 1))).toBe(0);
      services.setFaults([slow]);
      const sending: Promise<number>[] = [];
      for (const record of all.slice(1)) {
        sending.push(send([record]));
        await setTimeout(30);
      }
      services.setFaults([]);
      await Promise.all(sending);
      const bodies = messages().map(({ body }) => JSON.parse(body));
      const names = bodies.map(({ event_name: name }) => name);
      expect(names.indexOf('collectorless.dropped')).toBeGreaterThan(0);
      const numbers = bodies.map(({ attributes }) => attributes.number);
      expect(numbers.filter((number) => number !== undefined)).toEqual([...all.keys()]);
    });
  });

  it('keeps the order of the parts of a record that its queue finds too large', async () => {
    const small = { sqs: { queues: { 'logs.fifo': { MaximumMessageSize: '4096' } } } };
    const [first, next, last] = severe([0, 1, 0]);
    const large = createLogRecord({ body: 'x'.repeat(6000), attributes: { number: 9 } });
    if (first === undefined || next === undefined || last === undefined) throw new Error('None');
    await withSqs(
      { ...fixedGroup, oversize: 'split', messageAttributes: { n: '{attributes.number}' } },
      async ({ messages, send, services }) => {
        services.setFaults([slow]);
        const sent = [send([first]), send([large, next, last])];
        expect(await Promise.all(sent)).toEqual([0, 0]);
        const numbers = messages().map(({ body }) => numberOf(body));
        expect(numbers.length).toBeGreaterThan(4);
        expect([...new Set(numbers)]).toEqual([0, 9, 1, 2]);
        expect(numbers.indexOf(1)).toBeGreaterThan(numbers.lastIndexOf(9));
      },
      { ...small, violations: [expect.anything()] },
    );
  });

  it('keeps groups of the same name in different queues apart', async () => {
    const queueName = ({ attributes }: { attributes: Record<string, unknown> }) =>
      Number(attributes['number']) % 2 === 0 ? 'even.fifo' : 'odd.fifo';
    await withSqs({ ...fixedGroup, queueName }, async ({ messages, send, services }) => {
      services.setFaults([
        {
          ...unavailable,
          times: 3,
          match: ({ input }) => JSON.stringify(input).includes('even.fifo'),
        },
      ]);
      expect(await send(severe([0, 0, 1, 1]))).toBe(0);
      expect(messages()[0]).toMatchObject({ queueName: 'odd.fifo' });
    });
  });

  it('is refused with a spool, which would lose the order', () => {
    const create = (queue: { queueName: string } | { queueUrl: string }) => (): unknown =>
      new SqsLogRecordExporter({
        ...queue,
        spool: { directory: '/tmp/never-made' },
        messageAttributes: { team: 'shop', severity: '{severity}' },
      });
    expect(create({ queueName: 'logs.fifo' })).toThrow(
      /`messageAttributes.severity` .*`spool` and `logs.fifo`.*standard queue/s,
    );
    expect(create({ queueUrl: 'http://127.0.0.1/1/logs.fifo' })).toThrow(/FIFO/);
  });

  it.each<[string, object]>([
    ['attributes that all records of a service share', { queueName: 'logs.fifo' }],
    ['any attributes of a standard queue', { messageAttributes: { severity: '{severity}' } }],
  ])('may have a spool with %s', async (_what, more) => {
    const run = { messageAttributes: { team: 'shop', service: '{service.name}' }, ...more };
    await withSqs({ ...run, spool: { directory: tempFolder() } }, async ({ send }) => {
      expect(await send(records(3))).toBe(0);
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
