import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { describe, expect, it, vi } from 'vitest';
import { renewCredentials } from '../../../src/destinations/aws/renew-credentials.ts';
import type { SendOutcome } from '../../../src/send/send-outcome.ts';
import { ServiceError } from '../../../src/service-error.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';
import { PUT, records, uidsOf, withAws } from './support/aws-run.ts';

const destinations = ['firehose', 'cloudwatch-logs'] as const;
const gone = { accessKeyId: 'AKIAGONE000000000000', secretAccessKey: 'gone' };
const stale = { accessKeyId: 'ASIASTALE00000000000', secretAccessKey: 'stale' };

describe.each(destinations)('an exporter to %s whose credentials a service calls ended', (name) => {
  const ended = {
    kind: 'expired-credentials' as const,
    operation: PUT[name],
    match: ({ accessKeyId }: { readonly accessKeyId?: string }) =>
      accessKeyId === stale.accessKeyId,
  };

  it.each([
    ['do not say when they end', undefined],
    ['say that they end in an hour', 3_600_000],
  ])('asks its provider for others when they %s', async (_what, lifeMillis) => {
    let asked = 0;
    await withAws(
      name,
      ({ clientConfig }) => ({
        clientConfig: {
          ...clientConfig,
          credentials: async () => {
            asked += 1;
            const current = asked === 1 ? stale : clientConfig.credentials;
            return lifeMillis === undefined
              ? current
              : { ...current, expiration: new Date(Date.now() + lifeMillis) };
          },
        },
      }),
      async ({ send, services, uids }) => {
        const before = records(2);
        expect(await send(before)).toBe(0);
        services.setFaults([ended]);
        const sent = records(5);
        expect(await send(sent)).toBe(0);
        expect(asked).toBe(2);
        expect(uids()).toEqual(uidsOf([...before, ...sent]));
      },
      { acceptedCredentials: [stale] },
    );
  });

  it('asks its provider for others once their key is gone, as after a rotation', async () => {
    let asked = 0;
    await withAws(
      name,
      ({ clientConfig }) => ({
        clientConfig: {
          ...clientConfig,
          credentials: async () => {
            asked += 1;
            return asked === 1 ? gone : clientConfig.credentials;
          },
        },
      }),
      async ({ exporter, send, uids }) => {
        await send(records(2));
        expect(exporter.stats().dropped).toEqual({ rejected: 2 });
        const sent = records(5);
        expect(await send(sent)).toBe(0);
        expect(uids()).toEqual(uidsOf(sent));
      },
    );
  });

  it.each([
    ['nothing', undefined],
    ['no keys', {}],
    ['keys that are not set', { accessKeyId: undefined, secretAccessKey: undefined }],
  ])('asks its provider again that answered %s at first', async (_what, first) => {
    let asked = 0;
    await withAws(
      name,
      ({ clientConfig }) => ({
        clientConfig: {
          ...clientConfig,
          credentials: (async () => {
            asked += 1;
            return asked === 1 ? first : clientConfig.credentials;
          }) as () => Promise<typeof stale>,
        },
      }),
      async ({ send, uids }) => {
        const sent = records(5);
        expect(await send(sent)).toBe(0);
        expect(asked).toBe(2);
        expect(uids()).toEqual(uidsOf(sent));
      },
    );
  });

  it('asks the provider of a ready client too', async () => {
    let asked = 0;
    await withAws(
      name,
      ({ clientConfig }) => {
        const credentials = async (): Promise<typeof stale> => {
          asked += 1;
          return asked === 1 ? stale : clientConfig.credentials;
        };
        const config = { ...clientConfig, credentials, maxAttempts: 1 };
        return {
          client:
            name === 'firehose' ? new FirehoseClient(config) : new CloudWatchLogsClient(config),
        };
      },
      async ({ exporter, send, services, uids }) => {
        services.setFaults([ended]);
        const sent = records(5);
        expect(await send(sent)).toBe(0);
        expect(exporter.stats().retried).toBeGreaterThan(0);
        expect(uids()).toEqual(uidsOf(sent));
      },
      { acceptedCredentials: [stale] },
    );
  });
});

describe('credentials that are refused', () => {
  const request = { entries: [], target: { key: '', names: {} } };
  const context = { signal: new AbortController().signal };
  const refusal = (code: string): SendOutcome => ({
    status: 'retryable',
    error: new ServiceError('', { code, httpStatusCode: 400 }),
  });
  const senderOf = (
    outcome: SendOutcome,
    credentials: unknown,
    clock: FakeRuntime = new FakeRuntime(),
  ): ReturnType<typeof renewCredentials> =>
    renewCredentials(
      async () => outcome,
      async () => ({ client: { config: { credentials } } }),
      clock,
    );

  it('are asked for once in ten seconds, however many requests fail', async () => {
    const clock = new FakeRuntime();
    const credentials = vi.fn(async () => stale);
    const send = senderOf(refusal('ExpiredToken'), credentials, clock);
    for (const waitMillis of [0, 0, 9_999]) {
      await clock.advance(waitMillis);
      await send(request, context);
      await clock.settle();
      expect(credentials).toHaveBeenCalledTimes(1);
    }
    await clock.advance(1);
    await send(request, context);
    await clock.settle();
    expect(credentials).toHaveBeenCalledTimes(2);
    expect(credentials).toHaveBeenLastCalledWith({ forceRefresh: true });
  });

  it.each<[string, SendOutcome]>([
    ['something else passes', refusal('ThrottlingException')],
    ['the records arrive', { status: 'delivered' }],
    ['the sender throws', { status: 'retryable', error: new Error('a bug') }],
  ])('are not asked for when %s', async (_what, outcome) => {
    const credentials = vi.fn(async () => stale);
    expect(await senderOf(outcome, credentials)(request, context)).toBe(outcome);
    await new Promise(setImmediate);
    expect(credentials).not.toHaveBeenCalled();
  });

  it.each<[string, unknown]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('no');
      },
    ],
    ['hangs', () => new Promise(() => {})],
    ['is none', undefined],
  ])('change nothing when the provider %s', async (_what, credentials) => {
    const outcome = refusal('ExpiredTokenException');
    expect(await senderOf(outcome, credentials)(request, context)).toBe(outcome);
    await new Promise(setImmediate);
  });
});
