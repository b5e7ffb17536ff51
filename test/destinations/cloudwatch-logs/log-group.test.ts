import { describe, expect, it, vi } from 'vitest';
import { records, uidsOf } from '../aws/support/aws-run.ts';
import { GROUP, refused, withLogs } from './support/with-logs.ts';

describe('a group that is created', () => {
  it('has class, key, tags and retention', async () => {
    const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/1234';
    const options = {
      retentionInDays: 30,
      logGroupClass: 'INFREQUENT_ACCESS',
      kmsKeyId,
      tags: { team: 'shop', 'cost center': '' },
    };
    await withLogs(options, async (run) => {
      expect(await run.send(records(1))).toBe(0);
      expect(run.services.cloudWatchLogs.groups.get(GROUP)).toMatchObject(options);
      expect(run.calls('PutRetentionPolicy')).toHaveLength(1);
    });
  });

  it('may have no tags at all', async () => {
    await withLogs({ tags: {} }, async (run) => {
      expect(await run.send(records(1))).toBe(0);
    });
  });

  it.each(['throttle', 'service-unavailable', 'internal-error', 'reset-before-accept'] as const)(
    'has its retention though it failed at first (%s)',
    async (kind) => {
      await withLogs({ retentionInDays: 7 }, async (run) => {
        run.services.setFaults([{ kind, operation: 'PutRetentionPolicy', times: 1 }]);
        const sent = records(3);
        expect(await run.send(sent)).toBe(0);
        expect(run.uids()).toEqual(uidsOf(sent));
        expect(run.services.cloudWatchLogs.groups.get(GROUP)?.retentionInDays).toBe(7);
      });
    },
  );

  it('gets its retention with a later request when it fails long', async () => {
    await withLogs({ retentionInDays: 7 }, async (run) => {
      run.services.setFaults([{ kind: 'throttle', operation: 'PutRetentionPolicy', times: 4 }]);
      const sent = records(3);
      expect(await run.send(sent)).toBe(0);
      expect(run.uids()).toEqual(uidsOf(sent));
      await vi.waitFor(async () => {
        expect(await run.send(records(1))).toBe(0);
        expect(run.services.cloudWatchLogs.groups.get(GROUP)?.retentionInDays).toBe(7);
      });
      const callCount = run.calls('PutRetentionPolicy').length;
      expect(await run.send(records(1))).toBe(0);
      expect(run.calls('PutRetentionPolicy')).toHaveLength(callCount);
    });
  });

  it('keeps its events when its retention is denied for good, which is told once', async () => {
    await withLogs({ retentionInDays: 7 }, async (run) => {
      run.services.setFaults([refused('PutRetentionPolicy', 'AccessDeniedException', 1e9)]);
      const sent = records(3);
      expect(await run.send(sent)).toBe(0);
      expect(await run.send(records(2))).toBe(0);
      expect(run.uids().slice(0, 3)).toEqual(uidsOf(sent));
      expect(run.calls('PutRetentionPolicy')).toHaveLength(1);
      expect(run.lines).toEqual([expect.stringMatching(/`retentionInDays`: AccessDenied/)]);
    });
  });

  it('has no retention of ours when another one created it meanwhile', async () => {
    await withLogs({ retentionInDays: 7 }, async (run) => {
      run.services.setFaults([
        refused('CreateLogStream', 'ResourceNotFoundException'),
        refused('CreateLogGroup', 'ResourceAlreadyExistsException'),
        { kind: 'not-found', operation: 'PutLogEvents', times: 1 },
      ]);
      run.services.cloudWatchLogs.createGroup(GROUP);
      expect(await run.send(records(1))).toBe(0);
      expect(run.calls('PutRetentionPolicy')).toEqual([]);
    });
  });
});
