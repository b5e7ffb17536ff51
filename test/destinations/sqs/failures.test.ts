import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';
import { createLogRecord, type Fault, type LocalServices } from '../../../src/testing/index.ts';
import { error } from './support/call-faults.ts';
import { records, sqsOptions, uidsOf, withSqs } from './support/sqs-run.ts';

const operation = 'SendMessageBatch';

describe('a call that fails', () => {
  it.each<[string, Fault]>([
    ['is throttled', { kind: 'throttle', operation, times: 2 }],
    ['finds the service unavailable', { kind: 'service-unavailable', operation, times: 2 }],
    ['finds the service broken', { kind: 'internal-error', operation, times: 2 }],
    ['is reset', { kind: 'reset-before-accept', operation, times: 2 }],
    ['has credentials that ran out', { kind: 'expired-credentials', operation, times: 2 }],
    ['finds KMS busy', error('KmsThrottled')],
    ['finds no queue', error('QueueDoesNotExist')],
    ['finds no queue, by its older name', error('AWS.SimpleQueueService.NonExistentQueue')],
    ['is signed by a wrong clock', { kind: 'clock-skew', service: 'sqs', times: 1 }],
  ])('because it %s is made again, and nothing arrives twice', async (_what, fault) => {
    await withSqs({}, async ({ send, services, uids }) => {
      services.setFaults([fault]);
      const sent = records(10);
      expect(await send(sent)).toBe(0);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });

  it.each<[string, Fault]>([
    ['lost', { kind: 'reset-after-accept', operation, times: 1 }],
    ['garbage', { kind: 'malformed-answer', operation, times: 1 }],
    ['half', { kind: 'malformed-answer', form: 'half', operation, times: 1 }],
    ['empty', { kind: 'malformed-answer', form: 'empty', operation, times: 1 }],
    ['a web page', { kind: 'malformed-answer', form: 'html', operation, times: 1 }],
  ])('because its answer was %s loses nothing', async (_what, fault) => {
    await withSqs({}, async ({ send, services, uids }) => {
      services.setFaults([fault]);
      const sent = records(10);
      expect(await send(sent)).toBe(0);
      expect([...new Set(uids())]).toEqual(uidsOf(sent));
    });
  });

  it('is waited for when the answer comes slowly', async () => {
    await withSqs({}, async ({ batches, send, services, uids }) => {
      services.setFaults([{ kind: 'slow-body', operation, durationMillis: 100, times: 1 }]);
      const sent = records(10);
      expect(await send(sent)).toBe(0);
      expect(batches()).toEqual([10]);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });

  it.each([
    'InvalidAddress',
    'InvalidSecurity',
    'KmsAccessDenied',
    'KmsDisabled',
    'KmsInvalidState',
    'KmsNotFound',
    'KmsOptInRequired',
    'KmsInvalidKeyUsage',
    'UnsupportedOperation',
    'AccessDeniedException',
    'EmptyBatchRequest',
    'TooManyEntriesInBatchRequest',
    'BatchEntryIdsNotDistinct',
    'InvalidBatchEntryId',
  ])('with %s is not made again: its records are dropped and counted', async (name) => {
    await withSqs({}, async ({ batches, drops, send, services }) => {
      services.setFaults([error(name)]);
      expect(await send(records(10))).toBe(1);
      expect(batches()).toEqual([10]);
      expect(drops).toMatchObject([{ reason: 'rejected', count: 10 }]);
      expect(drops[0]?.error).toMatchObject({ code: name, httpStatusCode: 400 });
    });
  });

  it.each([
    'BatchRequestTooLong',
    'AWS.SimpleQueueService.BatchRequestTooLong',
    'InvalidMessageContents',
    'InvalidParameterValue',
    'MissingParameter',
  ])('with %s because of one message is halved until that one is alone', async (name) => {
    await withSqs({ encoding: 'body' }, async ({ drops, messages, send, services }) => {
      services.setFaults([
        {
          kind: 'error',
          name,
          match: ({ input }) => JSON.stringify(input).includes('the bad one'),
        },
      ]);
      const bodies = ['0', '1', '2', 'the bad one', '4', '5', '6', '7', '8', '9'];
      expect(await send(bodies.map((body) => createLogRecord({ body })))).toBe(1);
      expect(
        messages()
          .map(({ body }) => body)
          .toSorted(),
      ).toEqual(bodies.filter((body) => body.length === 1));
      expect(drops).toMatchObject([{ reason: 'rejected', count: 1 }]);
    });
  });

  it('because the service never answers ends in its time, counted', async () => {
    await withSqs({ timeoutMillis: 300 }, async ({ drops, send, services }) => {
      services.setFaults([{ kind: 'hang', operation }]);
      expect(await send(records(10))).toBe(1);
      expect(drops).toMatchObject([{ reason: 'timeout', count: 10 }]);
    });
  });

  it('tells neither contents nor keys in errors and lines', async () => {
    await withSqs({ encoding: 'body' }, async ({ drops, lines, send, services }) => {
      services.setFaults([
        error('InvalidParameterValue', {
          message: "Value 'secret-body' at 'entries' failed. Credential=AKIALOCALSERVICES000/x",
        }),
        error('AccessDeniedException', { message: 'Value "secret-body" and AKIALOCALSERVICES000' }),
      ]);
      await send([createLogRecord({ body: 'secret-body' })]);
      await send([createLogRecord({ body: 'secret-body' })]);
      expect(drops).toHaveLength(2);
      const told = [
        ...lines,
        ...drops.map((drop) => `${drop.error?.message} ${drop.error?.stack}`),
      ];
      expect(told.join('\n')).not.toMatch(/secret-body|AKIA|local-services-secret/);
    });
  });
});

describe('a client', () => {
  it('that finds wrong checksums makes no second call: the queue has the messages', async () => {
    await withSqs({}, async ({ batches, send, services }) => {
      services.setFaults([{ kind: 'wrong-checksum', operation }]);
      expect(await send(records(10))).toBe(0);
      expect(batches()).toEqual([10]);
    });
  });

  it('of the user that throws for checksums is believed no more than once in a line', async () => {
    const withChecksums = ({ clientConfig }: LocalServices): SQSClient => {
      const client = new SQSClient({ ...clientConfig, maxAttempts: 1 });
      client.middlewareStack.add(
        (next) => async (args) => {
          await next(args);
          throw new Error('Invalid MD5 checksum on messages: 0f7d');
        },
        { step: 'initialize', name: 'checksums' },
      );
      return client;
    };
    await withSqs(
      (services) => ({ client: withChecksums(services) }),
      async ({ batches, lines, messages, send }) => {
        expect(await send(records(3))).toBe(0);
        expect(await send(records(3))).toBe(0);
        expect(batches()).toEqual([3, 3]);
        expect(messages()).toHaveLength(6);
        expect(lines).toEqual([expect.stringContaining('checksum')]);
      },
    );
  });

  it('of the user is not closed', async () => {
    let client: SQSClient | undefined;
    await withSqs(
      (services) => {
        client = new SQSClient(services.clientConfig);
        return { client };
      },
      async ({ send, services }) => {
        expect(await send(records(1))).toBe(0);
        const again = new SqsLogRecordExporter(sqsOptions(services, { client }));
        await again.shutdown();
        expect(await send(records(1))).toBe(0);
      },
    );
  });

  it('of our own writes nothing to the console when the address is of another host', async () => {
    const written: unknown[] = [];
    const { warn } = console;
    console.warn = (...line) => written.push(line);
    try {
      await withSqs(
        ({ clientConfig, sqs }) => {
          const { endpoint: _, ...rest } = clientConfig;
          return { queueUrl: sqs.queueUrl('logs'), clientConfig: rest };
        },
        async ({ messages, send }) => {
          expect(await send(records(1))).toBe(0);
          expect(messages()).toHaveLength(1);
        },
      );
    } finally {
      console.warn = warn;
    }
    expect(written).toEqual([]);
  });
});
