import { createLogRecord, type Fault, type FaultCall } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { PUT, records, uidsOf, withAws } from './support/aws-run.ts';

const destinations = ['firehose', 'cloudwatch-logs'] as const;

/** The records of a call as text, whichever service it is for. */
function contentsOf({ input }: FaultCall): string[] {
  const { Records, logEvents } = input as {
    readonly Records?: readonly { readonly Data: string }[];
    readonly logEvents?: readonly { readonly message: string }[];
  };
  return (
    Records?.map(({ Data }) => Buffer.from(Data, 'base64').toString()) ??
    logEvents?.map(({ message }) => message) ??
    []
  );
}

describe.each(destinations)('a call to %s', (destination) => {
  const operation = PUT[destination];
  const error = (name: string, options: object = {}): Fault => ({
    kind: 'error',
    operation,
    times: 1,
    name,
    ...options,
  });

  it.each<[string, Fault]>([
    ['is throttled', { kind: 'throttle', operation, times: 2 }],
    ['is throttled with 503', error('SlowDown', { status: 503, times: 2 })],
    ['is throttled by a status alone', error('SomethingNew', { status: 429 })],
    ['finds the service unavailable', { kind: 'service-unavailable', operation, times: 2 }],
    ['finds the service broken', { kind: 'internal-error', operation, times: 2 }],
    ['is reset', { kind: 'reset-before-accept', operation, times: 2 }],
    ['has credentials that ran out', { kind: 'expired-credentials', operation, times: 3 }],
    ['comes too late', error('RequestExpired')],
    ['takes the server too long', error('RequestTimeout', { status: 408 })],
    ['meets another one', error('OperationAbortedException')],
    ['exceeds a quota', error('LimitExceededException')],
    ['is answered by a proxy', error('BadGateway', { status: 502, body: '<html>' })],
  ])('that %s is made again, and nothing arrives twice', async (_what, fault) => {
    await withAws(destination, {}, async ({ send, services, uids }) => {
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
  ])('whose answer was %s loses nothing', async (_what, fault) => {
    await withAws(destination, {}, async ({ send, services, uids }) => {
      services.setFaults([fault]);
      const sent = records(10);
      expect(await send(sent)).toBe(0);
      expect([...new Set(uids())]).toEqual(uidsOf(sent));
    });
  });

  it.each([
    ['nothing', ''],
    ['garbage', '{"__type":"Oper'],
    ['a web page', '<html><body>Bad request</body></html>'],
    ['an object without a name', '{}'],
  ])(
    'whose refusal arrives as %s is made again, as it may have been one that passes',
    async (_what, body) => {
      await withAws(destination, {}, async ({ send, services, uids }) => {
        services.setFaults([error('OperationAbortedException', { body, times: 2 })]);
        const sent = records(10);
        expect(await send(sent)).toBe(0);
        expect(uids()).toEqual(uidsOf(sent));
      });
    },
  );

  it('whose answer dribbles in is not made again', async () => {
    await withAws(destination, {}, async ({ calls, send, services, uids }) => {
      services.setFaults([{ kind: 'slow-body', operation, durationMillis: 100, times: 1 }]);
      const sent = records(10);
      expect(await send(sent)).toBe(0);
      expect(calls()).toHaveLength(1);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });

  it('waits as long as the service says', async () => {
    await withAws(destination, {}, async ({ calls, send, services }) => {
      services.setFaults([{ kind: 'throttle', operation, times: 1, retryAfterSeconds: 1 }]);
      expect(await send(records(1))).toBe(0);
      const [first, second] = calls();
      const waited = (second?.receivedAtMillis ?? 0) - (first?.receivedAtMillis ?? 0);
      expect(waited).toBeGreaterThanOrEqual(990);
    });
  });

  it.each([
    'AccessDeniedException',
    'UnrecognizedClientException',
    'InvalidSourceException',
    'InvalidKMSResourceException',
    'MissingAuthenticationTokenException',
  ])('that ends in %s is not made again: its records are dropped and counted', async (name) => {
    await withAws(destination, {}, async ({ calls, drops, send, services }) => {
      services.setFaults([error(name)]);
      expect(await send(records(10))).toBe(1);
      expect(calls()).toHaveLength(1);
      expect(drops).toMatchObject([{ reason: 'rejected', count: 10 }]);
      expect(drops[0]?.error).toMatchObject({ code: name, httpStatusCode: 400 });
    });
  });

  it('signed with a key that does not exist is not made again', async () => {
    const stranger = { accessKeyId: 'AKIASTRANGER00000000', secretAccessKey: 'none' };
    await withAws(
      destination,
      ({ clientConfig }) => ({ clientConfig: { ...clientConfig, credentials: stranger } }),
      async ({ calls, drops, send }) => {
        expect(await send(records(3))).toBe(1);
        expect(calls()).toHaveLength(1);
        expect(drops).toMatchObject([{ reason: 'rejected', count: 3 }]);
        expect(drops[0]?.error?.message).not.toContain('AKIA');
      },
    );
  });

  it('goes through once the provider has new credentials', async () => {
    const stale = { accessKeyId: 'ASIASTALE00000000000', secretAccessKey: 'stale' };
    let asked = 0;
    await withAws(
      destination,
      ({ clientConfig }) => ({
        clientConfig: {
          ...clientConfig,
          // The SDK asks again only for credentials that say when they end.
          credentials: async () => {
            asked += 1;
            const current = asked < 3 ? stale : clientConfig.credentials;
            return { ...current, expiration: new Date(Date.now() + 1000) };
          },
        },
      }),
      async ({ send, services, uids }) => {
        services.setFaults([
          {
            kind: 'expired-credentials',
            operation,
            match: ({ accessKeyId }) => accessKeyId === stale.accessKeyId,
          },
        ]);
        const sent = records(5);
        expect(await send(sent)).toBe(0);
        expect(asked).toBeGreaterThanOrEqual(3);
        expect(uids()).toEqual(uidsOf(sent));
      },
      { acceptedCredentials: [stale] },
    );
  });

  it.each([20, -20])('is dated anew when our clock is %i minutes off', async (minutes) => {
    await withAws(destination, {}, async ({ calls, send, services, uids }) => {
      services.setFaults([
        { kind: 'clock-skew', service: destination, offsetMillis: minutes * 60_000 },
      ]);
      const sent = records(5);
      expect(await send(sent)).toBe(0);
      expect(uids()).toEqual(uidsOf(sent));
      expect(calls()).toHaveLength(2);
      expect(await send(records(5))).toBe(0);
      expect(calls()).toHaveLength(3);
    });
  });

  it('during an outage is made again until the service is back', async () => {
    await withAws(destination, {}, async ({ exporter, send, services, uids }) => {
      const first = records(3);
      expect(await send(first)).toBe(0);
      await services.pause();
      const sent = [records(5), records(5)];
      const results = sent.map((batch) => send(batch));
      while (exporter.stats().retried < 10) await new Promise(setImmediate);
      await services.resume();
      expect(await Promise.all(results)).toEqual([0, 0]);
      expect(uids().toSorted()).toEqual(uidsOf([...first, ...sent.flat()]).toSorted());
    });
  });

  it('that never ends is given up at shutdown, and its records are counted', async () => {
    const options = { timeoutMillis: 60_000, shutdownTimeoutMillis: 100 };
    await withAws(destination, options, async ({ drops, exporter, send, services }) => {
      services.setFaults([{ kind: 'hang', operation }]);
      const sent = send(records(4));
      await exporter.shutdown();
      expect(await sent).toBe(1);
      expect(drops).toMatchObject([{ reason: 'shut_down', count: 4 }]);
    });
  });

  it.each(['ValidationException', 'SerializationException', 'InvalidParameterException'])(
    'with %s because of one record is halved until that one is alone',
    async (name) => {
      await withAws(destination, { encoding: 'body' }, async ({ calls, drops, send, services }) => {
        services.setFaults([
          {
            kind: 'error',
            operation,
            name,
            match: (call) => contentsOf(call).join().includes('poison'),
          },
        ]);
        const bodies = Array.from({ length: 64 }, (_, i) => (i === 37 ? 'poison' : `body ${i}`));
        expect(await send(bodies.map((body) => createLogRecord({ body })))).toBe(1);
        const { cloudWatchLogs, firehose } = services;
        const arrived = [...firehose.lines, ...cloudWatchLogs.messages];
        expect(arrived.toSorted()).toEqual(bodies.filter((body) => body !== 'poison').toSorted());
        expect(drops).toMatchObject([{ reason: 'rejected', count: 1 }]);
        expect(calls()).toHaveLength(2 * Math.log2(64) + 1);
      });
    },
  );

  it('that a proxy finds too large is halved', async () => {
    await withAws(destination, {}, async ({ send, services, uids }) => {
      const match = (call: FaultCall): boolean => contentsOf(call).length > 3;
      services.setFaults([{ kind: 'error', name: 'RequestEntityTooLarge', status: 413, match }]);
      const sent = records(20);
      expect(await send(sent)).toBe(0);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
    });
  });

  it('that is refused whatever it holds costs a bounded number of calls', async () => {
    await withAws(destination, {}, async ({ calls, drops, send, services }) => {
      services.setFaults([error('ValidationException', { times: 1e9 })]);
      expect(await send(records(500))).toBe(1);
      expect(drops.reduce((sum, { count }) => sum + count, 0)).toBe(500);
      expect(calls().length).toBeLessThan(200);
    });
  });

  it('tells neither contents nor keys in errors and lines', async () => {
    await withAws(destination, { encoding: 'body' }, async ({ drops, lines, send, services }) => {
      services.setFaults([
        error('ValidationException', {
          message: "1 error: Value 'secret-body' at 'records.1.member.data' failed to satisfy",
        }),
        error('AccessDeniedException', {
          message: 'Value "secret-body", Credential=AKIALOCALSERVICES000/20261121/us-east-1',
        }),
        error('UnrecognizedClientException', {
          message: `The key local-services-secret-access-key-${'A1b2'.repeat(10)} is wrong`,
        }),
      ]);
      for (let count = 0; count < 3; count += 1) {
        await send([createLogRecord({ body: 'secret-body' })]);
      }
      expect(drops).toHaveLength(3);
      const errors = drops.map(
        ({ error: told }) => `${told?.message} ${told?.stack} ${JSON.stringify(told)}`,
      );
      expect([...lines, ...errors].join('\n')).not.toMatch(/secret-body|AKIA|A1b2A1b2/);
    });
  });
});
