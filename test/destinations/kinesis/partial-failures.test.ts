import type { Fault } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { records, uidsOf } from '../aws/support/aws-run.ts';
import { withKinesis } from './support/with-kinesis.ts';

const TOO_MUCH = 'ProvisionedThroughputExceededException';
const stored = { SequenceNumber: '1', ShardId: 'shardId-000000000000' };
const failed = { ErrorCode: TOO_MUCH, ErrorMessage: 'Rate exceeded for shard.' };

/** An answer of 200 that stores nothing. */
const answer = (body: unknown): Fault => ({
  kind: 'error',
  times: 1,
  name: 'Scripted',
  status: 200,
  body: JSON.stringify(body),
});

describe('records that fail in a call that succeeds', () => {
  it.each([TOO_MUCH, 'InternalFailure', 'SomethingNew'])(
    'with %s are sent again, and only they, with the same keys',
    async (code) => {
      await withKinesis({}, async ({ calls, send, services, uids }) => {
        const keys: unknown[] = [];
        const match = ({ input }: { readonly input?: unknown }): boolean => {
          keys.push(keysOf(input));
          return true;
        };
        services.setFaults([
          { kind: 'partial-failure', times: 1, entries: [0, 4, 9], code, match },
          { kind: 'throttle', rate: 0, match },
        ]);
        const sent = records(10);
        expect(await send(sent)).toBe(0);
        expect(calls().map(({ entries }) => entries)).toEqual([10, 3]);
        expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
        const [first, second] = keys.map((one) => one as readonly string[]);
        expect(second).toEqual([first?.[0], first?.[4], first?.[9]]);
      });
    },
  );

  it('are sent again until all are there, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.integer(),
        fc.constantFrom('none', 'lines'),
        async (fraction, seed, aggregation) => {
          const options = { aggregation, retry: { initialBackoffMillis: 1, maxBackoffMillis: 1 } };
          const faults: Fault[] = [{ kind: 'partial-failure', fraction, times: 10 }];
          await withKinesis(
            options,
            async ({ send, uids }) => {
              const sent = records(60);
              expect(await send(sent)).toBe(0);
              expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
            },
            { seed, faults },
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('for ever are dropped at the deadline, and the others are not', async () => {
    await withKinesis({ timeoutMillis: 200 }, async ({ drops, send, services, uids }) => {
      services.setFaults([{ kind: 'partial-failure', entries: [0] }]);
      const sent = records(5);
      expect(await send(sent)).toBe(1);
      expect(uids()).toEqual(uidsOf(sent.slice(1)));
      const reason = expect.stringMatching(/^(?:retry_exhausted|timeout)$/u);
      expect(drops).toMatchObject([{ reason, count: 1 }]);
    });
  });
});

describe('a 200 of Kinesis', () => {
  it.each<[string, object]>([
    ['without results', { FailedRecordCount: 0 }],
    ['without anything', {}],
    ['with fewer results than records', { FailedRecordCount: 1, Records: [stored, failed] }],
    ['with more results', { FailedRecordCount: 0, Records: Array(4).fill(stored) }],
    ['with results that are no list', { FailedRecordCount: 0, Records: 'all of them' }],
    ['with empty results', { FailedRecordCount: 0, Records: [{}, {}, {}] }],
    ['with nulls for results', { FailedRecordCount: 0, Records: [null, null, null] }],
    ['that names failures', { FailedRecordCount: 0, Records: [failed, failed, failed] }],
  ])('%s never counts as delivered', async (_what, body) => {
    await withKinesis({}, async ({ calls, send, services, uids }) => {
      services.setFaults([answer(body)]);
      const sent = records(3);
      expect(await send(sent)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([3, 3]);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });

  it('with an error for one record sends that one again', async () => {
    await withKinesis({}, async ({ calls, send, services, uids }) => {
      services.setFaults([answer({ FailedRecordCount: 1, Records: [stored, failed, stored] })]);
      const sent = records(3);
      expect(await send(sent)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([3, 1]);
      expect(uids()).toEqual(uidsOf(sent.slice(1, 2)));
    });
  });
});

describe('a call that fails as a whole', () => {
  it.each<Fault>([
    { kind: 'throttle', times: 2 },
    { kind: 'internal-error', times: 2 },
    { kind: 'service-unavailable', times: 2 },
    { kind: 'error', name: 'InternalFailureException', status: 500, times: 2 },
    { kind: 'error', name: 'KMSThrottlingException', times: 2 },
    { kind: 'expired-credentials', times: 2 },
    { kind: 'reset-before-accept', times: 2 },
  ])('is made again: $kind $name', async (fault) => {
    await withKinesis({}, async ({ calls, exporter, send, services, uids }) => {
      services.setFaults([fault]);
      const sent = records(3);
      expect(await send(sent)).toBe(0);
      expect(calls()).toHaveLength(3);
      expect(exporter.stats().retried).toBe(6);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });

  it.each([
    'ResourceNotFoundException',
    'AccessDeniedException',
    'KMSAccessDeniedException',
    'KMSDisabledException',
    'KMSInvalidStateException',
    'KMSNotFoundException',
    'KMSOptInRequired',
  ])('for %s is made once, and its records are counted', async (name) => {
    await withKinesis({}, async ({ calls, drops, send, services }) => {
      services.setFaults([{ kind: 'error', name }]);
      expect(await send(records(7))).toBe(1);
      expect(calls()).toHaveLength(1);
      expect(drops).toMatchObject([
        { reason: 'rejected', count: 7, target: 'logs', error: { code: name } },
      ]);
    });
  });

  it('for a stream that does not exist says so', async () => {
    await withKinesis(
      {},
      async ({ drops, send }) => {
        expect(await send(records(1))).toBe(1);
        expect(drops).toMatchObject([{ error: { code: 'ResourceNotFoundException' } }]);
      },
      { kinesis: { streams: ['other'] } },
    );
  });

  it('is waited out when a shard is full, and nothing is lost', async () => {
    let calls = 0;
    await withKinesis(
      { partitionKey: 'one' },
      async ({ exporter, send, services, uids }) => {
        const count = (): boolean => {
          calls += 1;
          return false;
        };
        services.setFaults([{ kind: 'throttle', match: count }]);
        const sent = records(1_500);
        expect(await send(sent)).toBe(0);
        expect(exporter.stats().retried).toBe(500);
        expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      },
      // The next second begins with the fourth call.
      { quotas: true, now: () => (calls > 3 ? 1_000 : 0) },
    );
  });
});

function keysOf(input: unknown): readonly string[] {
  const { Records } = input as { readonly Records: readonly { readonly PartitionKey: string }[] };
  return Records.map(({ PartitionKey }) => PartitionKey);
}
