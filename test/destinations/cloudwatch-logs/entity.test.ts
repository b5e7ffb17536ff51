import { describe, expect, it } from 'vitest';
import { breakDiag } from '../../support/told-lines.ts';
import { records, withAws } from '../aws/support/aws-run.ts';

const GROUP = '/otel/local-service';
const entity = {
  keyAttributes: { Type: 'Service', Name: 'shop', Environment: 'prod' },
  attributes: { 'EC2.InstanceId': 'i-1' },
};

describe('the entity', () => {
  it('is sent with the events', async () => {
    await withAws('cloudwatch-logs', { entity }, async ({ lines, send, services }) => {
      expect(await send(records(1))).toBe(0);
      const stream = services.cloudWatchLogs.groups.get(GROUP)?.streams.get('instance-1');
      expect(stream?.entity).toEqual(entity);
      expect(lines).toEqual([]);
    });
  });

  it('is copied: what is done to the option later changes nothing', async () => {
    const changing = { keyAttributes: { ...entity.keyAttributes } };
    await withAws('cloudwatch-logs', { entity: changing }, async ({ send, services }) => {
      changing.keyAttributes.Name = 'other';
      expect(await send(records(1))).toBe(0);
      const stream = services.cloudWatchLogs.groups.get(GROUP)?.streams.get('instance-1');
      expect(stream?.entity?.keyAttributes).toEqual(entity.keyAttributes);
    });
  });

  it('that the service refuses costs no second call when the diag logger is broken', async () => {
    const refused = { keyAttributes: { Type: 'Other', Name: 'shop' } };
    await withAws('cloudwatch-logs', { entity: refused }, async ({ calls, send, services }) => {
      services.setFaults([
        {
          kind: 'error',
          name: 'Scripted',
          status: 200,
          body: JSON.stringify({ rejectedEntityInfo: { errorType: 'InvalidTypeValue' } }),
        },
      ]);
      breakDiag();
      expect(await send(records(2))).toBe(0);
      expect(calls()).toHaveLength(1);
    });
  });

  it('that the service refuses costs no event, and is told once for each reason', async () => {
    await withAws('cloudwatch-logs', { entity }, async ({ drops, lines, send, services }) => {
      const refused = (errorType: string, times: number) =>
        ({
          kind: 'error',
          operation: 'PutLogEvents',
          times,
          name: 'Scripted',
          status: 200,
          body: JSON.stringify({ rejectedEntityInfo: { errorType } }),
        }) as const;
      services.setFaults([refused('InvalidTypeValue', 3), refused('EntitySizeTooLarge', 2)]);
      for (let count = 0; count < 6; count += 1) expect(await send(records(2))).toBe(0);
      expect(drops).toEqual([]);
      expect(lines).toEqual([
        expect.stringMatching(/refused `entity`: InvalidTypeValue/),
        expect.stringMatching(/refused `entity`: EntitySizeTooLarge/),
      ]);
    });
  });
});
