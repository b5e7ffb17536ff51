import { describe, expect, it } from 'vitest';
import { createLogRecord, type LocalServices } from '../../../src/testing/index.ts';
import { records, withSqs } from './support/sqs-run.ts';

const lookups = ({ requests }: LocalServices): number =>
  requests.filter(({ operation }) => operation === 'GetQueueUrl').length;
const withTenants = (...tenants: string[]) =>
  tenants.map((tenant) => createLogRecord({ attributes: { tenant } }));
const tenantOf = ({ attributes }: { attributes: Record<string, unknown> }): string =>
  String(attributes['tenant']);

describe('a queue by its name', () => {
  it('is looked up when the first record goes, not before (CA-8), and once for all (CA-7)', async () => {
    await withSqs(
      { queueName: 'logs' },
      async ({ messages, send, services }) => {
        expect(lookups(services)).toBe(0);
        await Promise.all([send(records(40)), send(records(40))]);
        await send(records(40));
        expect(messages()).toHaveLength(120);
        expect(lookups(services)).toBe(1);
      },
      { latencyMillis: 3 },
    );
  });

  it('that does not exist is waited for, told once, and used when it is there (CA-9)', async () => {
    await withSqs(
      { queueName: 'late' },
      async ({ exporter, lines, messages, send, services }) => {
        const sent = send(records(15));
        await expect.poll(() => lookups(services)).toBeGreaterThan(4);
        expect(exporter.stats().inFlight).toBe(15);
        services.sqs.createQueue('late');
        expect(await sent).toBe(0);
        expect(messages()).toHaveLength(15);
        expect(lines).toEqual([
          expect.stringMatching(/^\[collectorless\] sqs: late fails, .*QueueDoesNotExist/),
          '[collectorless] sqs: late answers again',
        ]);
      },
      { sqs: { queues: {} } },
    );
  });

  it('that was deleted and made again is looked up again', async () => {
    await withSqs({ queueName: 'logs' }, async ({ messages, send, services }) => {
      expect(await send(records(3))).toBe(0);
      services.sqs.deleteQueue('logs');
      const sent = send(records(3));
      await expect.poll(() => lookups(services)).toBeGreaterThan(2);
      services.sqs.createQueue('logs');
      expect(await sent).toBe(0);
      expect(messages()).toHaveLength(6);
    });
  });

  it('that never comes loses its records when their time is over, counted', async () => {
    await withSqs(
      {
        queueName: 'never',
        timeoutMillis: 2_000,
        retry: { initialBackoffMillis: 60_000, maxBackoffMillis: 60_000 },
      },
      async ({ drops, send }) => {
        expect(await send(records(3))).toBe(1);
        expect(drops).toMatchObject([{ reason: 'retry_exhausted', count: 3, target: 'never' }]);
        expect(drops[0]?.error).toMatchObject({ code: 'QueueDoesNotExist' });
      },
      { sqs: { queues: {} } },
    );
  });

  it('whose lookup fails is looked up again', async () => {
    await withSqs({ queueName: 'logs' }, async ({ messages, send, services }) => {
      services.setFaults([
        { kind: 'throttle', operation: 'GetQueueUrl', times: 2 },
        { kind: 'malformed-answer', operation: 'GetQueueUrl', times: 1 },
        { kind: 'malformed-answer', form: 'empty', operation: 'GetQueueUrl', times: 1 },
        { kind: 'reset-before-accept', operation: 'GetQueueUrl', times: 1 },
      ]);
      expect(await send(records(3))).toBe(0);
      expect(messages()).toHaveLength(3);
      expect(lookups(services)).toBe(6);
    });
  });

  it('takes records by the name in a template, made legal (CA-17)', async () => {
    await withSqs(
      { queueName: 'cloudlaunch-{attributes.tenant}-logging' },
      async ({ messages, send }) => {
        expect(await send(withTenants('a', 'b c', 'd.fifo', 'é/..', 'x'.repeat(100)))).toBe(0);
        const names = messages().map(({ queueName }) => queueName);
        expect(names.slice(0, 4).toSorted()).toEqual(
          [
            'cloudlaunch-a-logging',
            'cloudlaunch-b_c-logging',
            'cloudlaunch-d_fifo-logging',
            'cloudlaunch-____-logging',
          ].toSorted(),
        );
        expect(names.every((name) => /^[A-Za-z0-9_-]{1,80}$/.test(name))).toBe(true);
      },
    );
  });

  it.each<[string, unknown]>([
    ['a template', '{attributes.tenant}-logs.fifo'],
    ['a function', (record: never) => `${tenantOf(record)}-logs.fifo`],
  ])('stays FIFO however long the name of %s gets', async (_what, queueName) => {
    await withSqs({ queueName }, async ({ messages, send }) => {
      expect(await send(withTenants('x'.repeat(100), 'a b'))).toBe(0);
      const names = messages().map((message) => message.queueName);
      expect(names.every((name) => /^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name))).toBe(true);
      expect(names).toContain('a_b-logs.fifo');
    });
  });

  it('is `unknown` when a function has no answer', async () => {
    const queueName = (): string => {
      throw new Error('no name');
    };
    await withSqs({ queueName }, async ({ messages, send }) => {
      expect(await send(records(1))).toBe(0);
      expect(messages()[0]?.queueName).toBe('unknown');
    });
  });

  it.each<[string, unknown]>([
    ['a template', '{attributes.tenant}.fifo'],
    ['a function', (record: never) => `${tenantOf(record)}.fifo`],
  ])('from %s is one for all that would be too many', async (_what, queueName) => {
    await withSqs({ queueName, maxTargets: 2 }, async ({ messages, send }) => {
      expect(await send(withTenants('a', 'b', 'c', 'd'))).toBe(0);
      const names = messages().map((message) => message.queueName);
      expect(names.toSorted()).toEqual(['a.fifo', 'b.fifo', 'overflow.fifo', 'overflow.fifo']);
    });
  });
});

describe('a queue by its address', () => {
  it('needs no lookup', async () => {
    await withSqs({}, async ({ send, services }) => {
      await send(records(3));
      expect(lookups(services)).toBe(0);
    });
  });

  it('that does not exist yet is waited for too', async () => {
    await withSqs(
      ({ sqs }) => ({ queueUrl: sqs.queueUrl('late') }),
      async ({ lines, messages, send, services }) => {
        const sent = send(records(2));
        await expect.poll(() => lines.length).toBe(1);
        services.sqs.createQueue('late');
        expect(await sent).toBe(0);
        expect(messages()).toHaveLength(2);
        expect(lines).toHaveLength(2);
      },
      { sqs: { queues: {} } },
    );
  });

  it('may have placeholders, whose values never leave their place', async () => {
    await withSqs(
      ({ sqs }) => ({ queueUrl: `${sqs.queueUrl('logs')}-{attributes.tenant}` }),
      async ({ messages, send }) => {
        expect(await send(withTenants('a', '../../evil', 'x.fifo', '?a=b#c'))).toBe(0);
        expect(
          messages()
            .map(({ queueName }) => queueName)
            .toSorted(),
        ).toEqual(['logs-a', 'logs-______evil', 'logs-x_fifo', 'logs-_a_b_c'].toSorted());
      },
    );
  });

  it('from a function that answers no address costs its records, counted, and no others', async () => {
    await withSqs(
      ({ sqs }) => ({
        queueUrl: (record: never) =>
          tenantOf(record) === 'good' ? sqs.queueUrl('logs') : tenantOf(record),
      }),
      async ({ drops, messages, send }) => {
        expect(await send(withTenants('good', 'not an address', 'file:///etc/passwd', ''))).toBe(1);
        expect(messages()).toHaveLength(1);
        expect(drops.map(({ reason }) => reason)).toEqual(['invalid', 'invalid', 'invalid']);
      },
    );
  });

  it('is one of its neighbours for all that would be too many', async () => {
    await withSqs(
      ({ sqs }) => ({ queueUrl: (record: never) => sqs.queueUrl(tenantOf(record)), maxTargets: 1 }),
      async ({ messages, send }) => {
        expect(await send(withTenants('a', 'b', 'c'))).toBe(0);
        const names = messages().map(({ queueName }) => queueName);
        expect(names.toSorted()).toEqual(['a', 'overflow', 'overflow']);
      },
    );
  });
});
