import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';
import { createLogRecord, type Fault } from '../../../src/testing/index.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { byGroup, fifo, numberOf, tenants } from './support/fifo-queue.ts';
import { records, withSqs } from './support/sqs-run.ts';

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
