import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { Fault, LocalCredentials } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { objectProperty } from '../../../src/object-property.ts';
import { withRepeatedCalls } from './support/repeated-calls.ts';

/** Above what is hashed in the thread pool. */
const LONG = 200_000;
const other: LocalCredentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other secret' };

function fault(more: Fault): Fault {
  return { operation: 'PutRecordBatch', ...more };
}

async function failureOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  const { code, message, name } = error as Error & { code?: string };
  const metadata = objectProperty(error, '$metadata');
  const headers = objectProperty(objectProperty(error, '$response'), 'headers');
  return {
    name,
    message,
    code,
    status: objectProperty(metadata, 'httpStatusCode'),
    hasDate: objectProperty(headers, 'date') !== undefined,
  };
}

describe('a call like an earlier one', () => {
  it('goes the short way, is signed anew, and carries its own body', async () => {
    await withRepeatedCalls({}, async ({ call, stored, wholeWays }) => {
      const texts = ['one', 'x'.repeat(LONG), 'three', 'y'.repeat(LONG), 'five'];
      for (const text of texts) expect(await call(text)).toMatchObject({ FailedPutCount: 0 });
      expect(wholeWays()).toBe(1);
      expect(stored()).toEqual(texts);
    });
  });

  it('goes beside others, each with its own body', async () => {
    await withRepeatedCalls({}, async ({ call, services, stored, wholeWays }) => {
      services.setFaults([fault({ kind: 'delay', durationMillis: 20 })]);
      const texts = Array.from({ length: 24 }, (_, index) =>
        index % 3 === 0 ? `${index} `.repeat(LONG / 3) : `${index}`,
      );
      for (let start = 0; start < texts.length; start += 8) {
        await Promise.all(texts.slice(start, start + 8).map((text) => call(text)));
      }
      expect(wholeWays()).toBe(8);
      expect(stored().toSorted()).toEqual(texts.toSorted());
    });
  });

  it('to another target goes the whole way', async () => {
    await withRepeatedCalls({}, async ({ call, wholeWays }) => {
      await call('one', { key: 'here' });
      await call('two', { key: 'there' });
      expect(wholeWays()).toBe(2);
      await call('three', { key: 'here' });
      await call('four', { key: 'there' });
      expect(wholeWays()).toBe(2);
    });
  });

  it('goes the whole way again after a minute', async () => {
    await withRepeatedCalls({}, async ({ call, clock, wholeWays }) => {
      await call();
      await clock.advance(59_999);
      await call();
      expect(wholeWays()).toBe(1);
      await clock.advance(1);
      await call();
      expect(wholeWays()).toBe(2);
    });
  });

  it('uses the memory of its body again', async () => {
    await withRepeatedCalls({}, async ({ buffers, call, services }) => {
      await call();
      const buffer = buffers.take(1024);
      buffers.giveBack(buffer);
      await call();
      expect(buffers.take(1024)).toBe(buffer);
      buffers.giveBack(buffer);
      services.setFaults([fault({ kind: 'internal-error' })]);
      await failureOf(call());
      expect(buffers.take(1024)).not.toBe(buffer);
    });
  });
});

describe('a repeated call that fails', () => {
  it.each<[string, Fault]>([
    ['is throttled', { kind: 'throttle', retryAfterSeconds: 3 }],
    ['finds the service unavailable', { kind: 'service-unavailable' }],
    ['finds the service broken', { kind: 'internal-error' }],
    ['is forbidden', { kind: 'error', name: 'AccessDeniedException', status: 403 }],
    ['is wrong', { kind: 'error', name: 'InvalidArgumentException' }],
    ['has credentials that ran out', { kind: 'expired-credentials' }],
    ['finds no stream', { kind: 'not-found' }],
    ['is reset', { kind: 'reset-before-accept' }],
    ['is answered with garbage', { kind: 'malformed-answer' }],
    ['is answered by half', { kind: 'malformed-answer', form: 'half' }],
    ['is answered by a proxy', { kind: 'error', name: 'X', status: 502, body: '<html>' }],
  ])('as it %s throws what the SDK throws, and the next goes the whole way', async (_what, one) => {
    await withRepeatedCalls({}, async ({ call, services, wholeWays }) => {
      const client = new FirehoseClient({ ...services.clientConfig, maxAttempts: 1 });
      await call();
      services.setFaults([fault({ ...one, times: 2 })]);
      const failure = await failureOf(call());
      expect(wholeWays()).toBe(1);
      const Records = [{ Data: Buffer.from('text') }];
      const stock = client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records }));
      expect(failure).toEqual(await failureOf(stock));
      client.destroy();
      await call();
      expect(wholeWays()).toBe(2);
      await call();
      expect(wholeWays()).toBe(2);
    });
  });

  it.each([20, -20])(
    'as our clock is %i minutes off sets it right for the next',
    async (minutes) => {
      await withRepeatedCalls({}, async ({ call, services, wholeWays }) => {
        await call();
        services.setFaults([
          { kind: 'clock-skew', service: 'firehose', offsetMillis: minutes * 60_000 },
        ]);
        await failureOf(call());
        for (let left = 3; left > 0; left -= 1) await call();
        expect(wholeWays()).toBe(2);
      });
    },
  );
});

describe('the signal of a repeated call', () => {
  it('ends it', async () => {
    await withRepeatedCalls({}, async ({ call, services, wholeWays }) => {
      await call();
      services.setFaults([fault({ kind: 'hang', times: 1 })]);
      const abort = new AbortController();
      const hanging = failureOf(call('hangs', { signal: abort.signal }));
      await expect.poll(() => services.requests.length).toBe(2);
      abort.abort();
      expect(await hanging).toMatchObject({ name: 'AbortError' });
      await call();
      expect(wholeWays()).toBe(2);
    });
  });

  it('ends it before it begins', async () => {
    await withRepeatedCalls({}, async ({ call, services }) => {
      await call();
      const hopeless = call('never', { signal: AbortSignal.abort() });
      expect(await failureOf(hopeless)).toMatchObject({ name: 'AbortError' });
      expect(services.requests).toHaveLength(1);
    });
  });

  it('is not that of a call beside it', async () => {
    await withRepeatedCalls({}, async ({ call, services, wholeWays }) => {
      await Promise.all([call(), call()]);
      services.setFaults([fault({ kind: 'hang' })]);
      const aborts = [new AbortController(), new AbortController()];
      const ended: number[] = [];
      const calls = aborts.map(({ signal }, index) =>
        failureOf(call('hangs', { signal })).then(({ name }) => {
          ended.push(index);
          return name;
        }),
      );
      await expect.poll(() => services.requests.length).toBe(4);
      for (const [index, abort] of aborts.entries()) {
        abort.abort();
        expect(await calls[index]).toBe('AbortError');
      }
      expect(ended).toEqual([0, 1]);
      expect(wholeWays()).toBe(2);
    });
  });

  it('is not that of an earlier call', async () => {
    await withRepeatedCalls({}, async ({ call, services, wholeWays }) => {
      const earlier = [new AbortController(), new AbortController()];
      for (const { signal } of earlier) await call('text', { signal });
      services.setFaults([fault({ kind: 'delay', durationMillis: 50 })]);
      const later = call();
      for (const abort of earlier) abort.abort();
      expect(await later).toMatchObject({ FailedPutCount: 0 });
      expect(wholeWays()).toBe(1);
    });
  });
});

describe('a client that is closed', () => {
  it('ends its repeated calls as all others', async () => {
    await withRepeatedCalls({}, async ({ call, destroy, services }) => {
      await call();
      services.setFaults([fault({ kind: 'hang', times: 1 })]);
      const hanging = failureOf(call('hangs'));
      await expect.poll(() => services.requests.length).toBe(2);
      destroy();
      expect(await hanging).toMatchObject({ code: 'ECONNRESET' });
    });
  });
});

describe('the credentials of a repeated call', () => {
  /** A provider that remembers by itself, so that the SDK asks it each time. */
  function remembering<P extends () => Promise<LocalCredentials>>(provider: P): P {
    return Object.assign(provider, { memoized: true });
  }

  it('are those of now, and what they end with is the whole way', async () => {
    let current: LocalCredentials | undefined;
    const signedBy: (string | undefined)[] = [];
    await withRepeatedCalls(
      { credentials: remembering(async () => current ?? other) },
      async ({ call, services, wholeWays }) => {
        services.setFaults([
          fault({
            kind: 'internal-error',
            match: ({ accessKeyId }) => {
              signedBy.push(accessKeyId);
              return false;
            },
          }),
        ]);
        await call();
        await call();
        expect(wholeWays()).toBe(1);
        current = { ...services.clientConfig.credentials };
        await call();
        await call();
        expect(wholeWays()).toBe(2);
        const { accessKeyId } = current;
        expect(signedBy).toEqual([other.accessKeyId, other.accessKeyId, accessKeyId, accessKeyId]);
      },
      { acceptedCredentials: [other] },
    );
  });

  it('are asked for as often as the SDK does when they end soon', async () => {
    let asked = 0;
    const credentials = async () => {
      asked += 1;
      return { ...other, expiration: new Date(Date.now() + 200_000) };
    };
    await withRepeatedCalls(
      { credentials },
      async ({ call, services, wholeWays }) => {
        const client = new FirehoseClient({ ...services.clientConfig, credentials });
        const Records = [{ Data: Buffer.from('text') }];
        const command = { DeliveryStreamName: 'logs', Records };
        for (let left = 3; left > 0; left -= 1)
          await client.send(new PutRecordBatchCommand(command));
        const bySdk = asked;
        asked = 0;
        for (let left = 3; left > 0; left -= 1) await call();
        expect(asked).toBe(bySdk);
        expect(wholeWays()).toBe(3);
        client.destroy();
      },
      { acceptedCredentials: [other] },
    );
  });

  it('fail it as they fail all others', async () => {
    let isBroken = false;
    const credentials = remembering(async () => {
      if (isBroken) throw new Error('No credentials today');
      return other;
    });
    await withRepeatedCalls(
      { credentials },
      async ({ call, wholeWays }) => {
        await call();
        isBroken = true;
        expect(await failureOf(call())).toMatchObject({ message: 'No credentials today' });
        isBroken = false;
        await call();
        expect(wholeWays()).toBe(3);
      },
      { acceptedCredentials: [other] },
    );
  });
});
