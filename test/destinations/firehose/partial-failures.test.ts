import type { Fault } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { records, uidsOf, withAws } from '../aws/support/aws-run.ts';

const operation = 'PutRecordBatch';
const stored = { RecordId: 'r' };
const failed = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };

/** An answer of 200 that stores nothing. */
const answer = (body: unknown): Fault => ({
  kind: 'error',
  operation,
  times: 1,
  name: 'Scripted',
  status: 200,
  body: JSON.stringify(body),
});

describe('records that fail in a call that succeeds', () => {
  it.each(['ServiceUnavailableException', 'InternalFailure', 'SomethingNew'])(
    'with %s are sent again, and only they',
    async (code) => {
      await withAws('firehose', {}, async ({ calls, send, services, uids }) => {
        services.setFaults([{ kind: 'partial-failure', times: 1, entries: [0, 4, 9], code }]);
        const sent = records(10);
        expect(await send(sent)).toBe(0);
        expect(calls().map(({ entries }) => entries)).toEqual([10, 3]);
        expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
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
          await withAws(
            'firehose',
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
    await withAws('firehose', { timeoutMillis: 200 }, async ({ drops, send, services, uids }) => {
      services.setFaults([{ kind: 'partial-failure', entries: [0] }]);
      const sent = records(5);
      expect(await send(sent)).toBe(1);
      expect(uids()).toEqual(uidsOf(sent.slice(1)));
      // The deadline can end a wait or an attempt.
      const reason = expect.stringMatching(/^(?:retry_exhausted|timeout)$/u);
      expect(drops).toMatchObject([{ reason, count: 1 }]);
    });
  });
});

describe('a 200 of Firehose', () => {
  it.each<[string, object]>([
    ['without results', { FailedPutCount: 2 }],
    ['without anything', {}],
    ['with fewer results than records', { FailedPutCount: 1, RequestResponses: [stored, failed] }],
    ['with more results', { FailedPutCount: 1, RequestResponses: Array(4).fill(stored) }],
    ['with results that are no list', { FailedPutCount: 1, RequestResponses: 'all of them' }],
    ['with empty results', { FailedPutCount: 3, RequestResponses: [{}, {}, {}] }],
    ['with nulls for results', { FailedPutCount: 3, RequestResponses: [null, null, null] }],
    [
      'that counts no failure but names them',
      { FailedPutCount: 0, RequestResponses: [failed, failed, failed] },
    ],
  ])('%s never counts as delivered', async (_what, body) => {
    await withAws('firehose', {}, async ({ calls, send, services, uids }) => {
      services.setFaults([answer(body)]);
      const sent = records(3);
      expect(await send(sent)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([3, 3]);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });

  it.each<[string, object, number]>([
    ['an error', failed, 1],
    ['neither id nor error', {}, 1],
    ['nothing', { ...failed, RecordId: 'r' }, 1],
  ])('with %s for one record sends that one again', async (_what, one, again) => {
    await withAws('firehose', {}, async ({ calls, send, services, uids }) => {
      services.setFaults([answer({ FailedPutCount: 1, RequestResponses: [stored, one, stored] })]);
      const sent = records(3);
      expect(await send(sent)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([3, again]);
      expect(uids()).toEqual(uidsOf(sent.slice(1, 2)));
    });
  });

  it.each<[string, object]>([
    ['ids for all', { FailedPutCount: 3, RequestResponses: [stored, stored, stored] }],
    ['no failure', { FailedPutCount: 0 }],
    ['no failure and empty results', { FailedPutCount: 0, RequestResponses: [{}, {}, {}] }],
  ])('with %s is believed', async (_what, body) => {
    await withAws('firehose', {}, async ({ calls, send, services }) => {
      services.setFaults([answer(body)]);
      expect(await send(records(3))).toBe(0);
      expect(calls()).toHaveLength(1);
    });
  });
});

describe('a delivery stream', () => {
  it('that does not exist costs one call, and its records are counted', async () => {
    await withAws(
      'firehose',
      {},
      async ({ calls, drops, send }) => {
        expect(await send(records(7))).toBe(1);
        expect(calls()).toHaveLength(1);
        expect(drops).toMatchObject([
          {
            reason: 'rejected',
            count: 7,
            target: 'logs',
            error: { code: 'ResourceNotFoundException' },
          },
        ]);
      },
      { firehose: { deliveryStreams: ['other'] } },
    );
  });

  it('past its quota gets everything in the end', async () => {
    let refusals = (): number => 0;
    await withAws(
      'firehose',
      {},
      async ({ calls, send, services }) => {
        refusals = () =>
          calls().filter(({ error }) => error === 'ServiceUnavailableException').length;
        const sent = records(40, { body: 'x'.repeat(200_000) });
        expect(await send(sent)).toBe(0);
        expect(services.firehose.recordCount).toBe(40);
        expect(refusals()).toBeGreaterThan(0);
      },
      // With the machine's own clock two calls could fall into two seconds, and neither is refused.
      { quotas: true, now: () => 1_000 * refusals() },
    );
  });
});
