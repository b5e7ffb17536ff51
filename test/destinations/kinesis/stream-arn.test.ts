import { createLogRecord } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { createExporter, type RunOptions, withKinesis } from './support/with-kinesis.ts';

const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/';

const tenantOf = ({ attributes }: { attributes: object }) => Reflect.get(attributes, 'tenant');
const ofTenants = (tenants: readonly string[]) =>
  tenants.map((tenant) => createLogRecord({ attributes: { tenant } }));

describe('the ARN of a stream', () => {
  it.each<[string, unknown]>([
    ['a path as name', `${ARN}a/b:c`],
    ['a name of 129', `${ARN}${'a'.repeat(129)}`],
    ['no name', ARN],
    ['a placeholder in the region', 'arn:aws:kinesis:{region}:123456789012:stream/a'],
    ['no text', 7],
  ])('is refused with %s', (_what, streamArn) => {
    expect(() => createExporter({ clientConfig: {} as never }, { streamArn })).toThrow(
      /`streamArn` to be an ARN such as/,
    );
  });

  it('is shown no longer than other options when it is refused', () => {
    const streamArn = `${ARN}${'a'.repeat(10_000)}`;
    expect(() => createExporter({ clientConfig: {} as never }, { streamArn })).toThrow(
      /^.{200,350}$/,
    );
  });

  it.each<[string, RunOptions]>([
    ['template', { streamArn: `${ARN}logs-{attributes.tenant}` }],
    ['function', { streamArn: (record: never) => `${ARN}logs-${tenantOf(record)}` }],
  ])('of a %s has a name that is cut as a stream name is, and stays apart', async (_, options) => {
    const long = 'x'.repeat(300);
    await withKinesis(options, async ({ send, services }) => {
      expect(await send(ofTenants([`${long}1`, `${long}2`, 'a/b:c']))).toBe(0);
      const names = services.kinesis.records.map(({ streamName }) => streamName);
      expect(names.filter((name) => /^logs-x{114}-[0-9a-f]{8}$/u.test(name))).toHaveLength(2);
      expect(new Set(names).size).toBe(3);
      expect(names).toContain('logs-a_b_c');
    });
  });

  it.each<[string, RunOptions]>([
    ['template', { streamArn: `${ARN}{attributes.tenant}` }],
    ['function', { streamArn: (record: never) => `${ARN}${tenantOf(record)}` }],
  ])('of a %s is `overflow` in the same account when there are too many', async (_, options) => {
    await withKinesis({ ...options, maxTargets: 1 }, async ({ send, services }) => {
      expect(await send(ofTenants(['a', 'b', 'c', 'd']))).toBe(0);
      const names = services.kinesis.records.map(({ streamName }) => streamName);
      expect(names.toSorted()).toEqual(['a', 'overflow', 'overflow', 'overflow']);
    });
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a name', () => 'logs'],
    ['an ARN of something else', () => 'arn:aws:sqs:eu-west-1:123456789012:logs'],
    [
      'an error',
      () => {
        throw new Error('broken');
      },
    ],
  ])(
    'that a function owes, answering %s, costs the record without a call',
    async (_, streamArn) => {
      await withKinesis({ streamArn }, async ({ calls, drops, send }) => {
        expect(await send(ofTenants(['a', 'b']))).toBe(1);
        expect(drops).toMatchObject([
          {
            count: 2,
            reason: 'rejected',
            error: { message: 'The function `streamArn` answered no ARN of a data stream' },
          },
        ]);
        expect(calls()).toEqual([]);
      });
    },
  );
});
