import { createLogRecord, createResource, type Fault } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { type RunOptions, records, uidsOf } from '../aws/support/aws-run.ts';
import { GROUP, operations, refused, withLogs } from './support/with-logs.ts';

describe('a log stream that does not exist', () => {
  it('is created with its group, and nothing is asked beforehand', async () => {
    await withLogs({}, async (run) => {
      const sent = records(3);
      expect(await run.send(sent)).toBe(0);
      expect(await run.send(records(2))).toBe(0);
      expect(run.uids().slice(0, 3)).toEqual(uidsOf(sent));
      expect(operations(run)).toEqual([
        'PutLogEvents',
        'CreateLogStream',
        'CreateLogGroup',
        'CreateLogStream',
        'PutLogEvents',
        'PutLogEvents',
      ]);
    });
  });

  it('is created alone where the group is there, whose settings stay', async () => {
    await withLogs(
      { retentionInDays: 7, tags: { a: 'b' } },
      async (run) => {
        expect(await run.send(records(1))).toBe(0);
        expect(operations(run)).toEqual(['PutLogEvents', 'CreateLogStream', 'PutLogEvents']);
        expect(run.services.cloudWatchLogs.groups.get(GROUP)).toMatchObject({ tags: {} });
      },
      { [GROUP]: [] },
    );
  });

  it('costs no call where it is there', async () => {
    await withLogs(
      { retentionInDays: 7 },
      async (run) => {
        expect(await run.send(records(1))).toBe(0);
        expect(operations(run)).toEqual(['PutLogEvents']);
      },
      { [GROUP]: ['instance-1'] },
    );
  });

  it('is created once by requests side by side', async () => {
    await withLogs({}, async (run) => {
      // A full request each, so that 8 are under way at once.
      const sent = records(8, { body: 'x'.repeat(1_000_000) });
      run.services.setFaults([
        { kind: 'delay', operation: 'CreateLogGroup', durationMillis: 50, times: 1 },
      ]);
      expect(await run.send(sent)).toBe(0);
      expect(run.uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      expect(run.calls('CreateLogGroup')).toHaveLength(1);
    });
  });

  it('is created once for each of many streams of one new group', async () => {
    await withLogs({ logStreamName: '{attributes.tenant}' }, async (run) => {
      const sent = Array.from({ length: 24 }, (_, index) =>
        createLogRecord({ attributes: { tenant: `t${index % 8}` } }),
      );
      expect(await run.send(sent)).toBe(0);
      expect(run.uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      const created = run.calls('CreateLogGroup').filter(({ status }) => status === 200);
      expect(created).toHaveLength(1);
      expect(run.services.cloudWatchLogs.groups.get(GROUP)?.streams.size).toBe(8);
    });
  });

  it.each(['stream', 'group'] as const)(
    'because its %s was deleted is created again',
    async (what) => {
      await withLogs({}, async (run) => {
        expect(await run.send(records(1))).toBe(0);
        run.services.setFaults([{ kind: 'stream-deleted', what, operation: 'PutLogEvents' }]);
        const sent = records(3);
        expect(await run.send(sent)).toBe(0);
        expect(run.uids().slice(-3)).toEqual(uidsOf(sent));
      });
    },
  );

  it('and is not known everywhere yet after its creation gets its events later', async () => {
    await withLogs({}, async (run) => {
      run.services.setFaults([{ kind: 'not-found', operation: 'PutLogEvents', times: 3 }]);
      const sent = records(2);
      expect(await run.send(sent)).toBe(0);
      expect(run.uids()).toEqual(uidsOf(sent));
    });
  });

  it.each<[string, Fault]>([
    ['the group appeared meanwhile', refused('CreateLogGroup', 'ResourceAlreadyExistsException')],
    ['the stream appeared meanwhile', refused('CreateLogStream', 'ResourceAlreadyExistsException')],
    [
      'another one creates the group',
      { kind: 'operation-aborted', operation: 'CreateLogGroup', times: 2 },
    ],
    [
      'another one creates the stream',
      { kind: 'operation-aborted', operation: 'CreateLogStream', times: 2 },
    ],
    ['creating is throttled', { kind: 'throttle', operation: 'CreateLogStream', times: 3 }],
    ['there are too many groups', refused('CreateLogGroup', 'LimitExceededException', 2)],
    [
      'the connection is lost',
      { kind: 'reset-after-accept', operation: 'CreateLogGroup', times: 1 },
    ],
    [
      'the service is down',
      { kind: 'service-unavailable', operation: 'CreateLogStream', times: 1 },
    ],
  ])('is there in the end though %s', async (_what, fault) => {
    await withLogs({}, async (run) => {
      run.services.setFaults([fault]);
      const sent = records(4);
      expect(await run.send(sent)).toBe(0);
      expect(run.uids()).toEqual(uidsOf(sent));
    });
  });

  it.each(['CreateLogGroup', 'CreateLogStream'])(
    'costs few calls when %s is denied, and its events are counted',
    async (operation) => {
      await withLogs({}, async (run) => {
        run.services.setFaults([refused(operation, 'AccessDeniedException', 1e9)]);
        expect(await run.send(records(50))).toBe(1);
        expect(run.drops).toMatchObject([
          { reason: 'rejected', count: 50, error: { code: 'AccessDeniedException' } },
        ]);
        expect(run.services.requests.length).toBeLessThanOrEqual(3);
      });
    },
  );

  it('is not tried for each half of the events when its creation is refused as invalid', async () => {
    await withLogs({}, async (run) => {
      run.services.setFaults([refused('CreateLogGroup', 'InvalidParameterException', 1e9)]);
      expect(await run.send(records(50))).toBe(1);
      expect(run.drops).toMatchObject([{ reason: 'rejected', count: 50 }]);
      expect(run.calls()).toHaveLength(1);
    });
  });
});

describe('what may not be created', () => {
  it.each<[string, RunOptions, Record<string, readonly string[]>, RegExp, string[]]>([
    [
      'neither',
      { createLogGroup: false, createLogStream: false },
      {},
      /group or stream does not exist.*`createLogGroup: false` and `createLogStream: false`/,
      ['PutLogEvents'],
    ],
    [
      'the group',
      { createLogGroup: false },
      {},
      /group does not exist.*`createLogGroup: false`/,
      ['PutLogEvents', 'CreateLogStream'],
    ],
    [
      'the stream of a group that is there',
      { createLogStream: false },
      { [GROUP]: [] },
      /stream does not exist.*`createLogStream: false`/,
      ['PutLogEvents', 'CreateLogGroup', 'PutLogEvents'],
    ],
  ])(
    '(%s) ends in an error that names the option',
    async (_what, options, groups, message, calls) => {
      await withLogs(
        options,
        async (run) => {
          expect(await run.send(records(3))).toBe(1);
          expect(run.drops).toMatchObject([
            { reason: 'rejected', count: 3, error: { code: 'ResourceNotFoundException' } },
          ]);
          expect(run.drops[0]?.error?.message).toMatch(message);
          expect(operations(run)).toEqual(calls);
        },
        groups,
      );
    },
  );

  it('does not matter where it is there', async () => {
    await withLogs(
      { createLogGroup: false },
      async (run) => {
        expect(await run.send(records(1))).toBe(0);
        expect(run.calls('CreateLogGroup')).toEqual([]);
      },
      { [GROUP]: [] },
    );
  });
});

it('no call ever describes groups or streams', async () => {
  await withLogs({ logGroupName: '/g/{service.name}' }, async (run) => {
    run.services.setFaults([{ kind: 'throttle', rate: 0.3 }]);
    const sent = Array.from({ length: 20 }, (_, index) =>
      createLogRecord({ resource: createResource({ 'service.name': `s${index % 5}` }) }),
    );
    expect(await run.send(sent)).toBe(0);
    expect(operations(run).filter((operation) => operation.startsWith('Describe'))).toEqual([]);
    expect(run.calls('CreateLogGroup').filter(({ status }) => status === 200)).toHaveLength(5);
  });
});
