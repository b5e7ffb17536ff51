import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { bodies, firehose, start } from './support/put-calls.ts';
import { refusalOf } from './support/refusal-of.ts';

describe('a partial failure', () => {
  it('of Firehose fails these entries and stores the others', async () => {
    await using services = await start({
      kind: 'partial-failure',
      entries: [0, 2],
      code: 'InternalFailure',
    });
    const output = await firehose(services);
    expect(output.FailedPutCount).toBe(2);
    expect(output.RequestResponses?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'InternalFailure',
      undefined,
      'InternalFailure',
      undefined,
    ]);
    expect(services.firehose.lines).toEqual(['b', 'd']);
    expect(services.violations).toEqual([]);
  });

  it.each([true, false])('of SQS says whether the sender is to blame: %s', async (senderFault) => {
    await using services = await start({
      kind: 'partial-failure',
      entries: (index) => index === 1,
      senderFault,
    });
    const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
    const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const output = await client.send(
      new SendMessageBatchCommand({ QueueUrl: services.sqs.queueUrl('logs'), Entries }),
    );
    expect(output.Failed).toMatchObject([
      { Id: '1', SenderFault: senderFault, Code: 'InternalError' },
    ]);
    expect(services.sqs.bodies).toEqual(['a', 'c', 'd']);
  });

  it('by a share is the same for the same seed', async () => {
    const outcome = async (seed: number): Promise<string[]> => {
      const faults: Fault[] = [{ kind: 'partial-failure', fraction: 0.5 }];
      await using services = await startLocalServices({ faults, seed });
      for (let call = 0; call < 5; call += 1) await firehose(services);
      return services.firehose.lines;
    };
    const first = await outcome(7);
    expect(await outcome(7)).toEqual(first);
    expect(await outcome(8)).not.toEqual(first);
  });
});

describe('clock skew', () => {
  it('is corrected by the client from the Date header', async () => {
    await using services = await start({ kind: 'clock-skew', offsetMillis: 20 * 60_000 });
    await firehose(services, 2);
    expect(services.requests.map(({ error }) => error)).toEqual([
      'InvalidSignatureException',
      undefined,
    ]);
    expect(services.violations).toEqual([]);
  });

  it('within 5 minutes does no harm', async () => {
    await using services = await start({ kind: 'clock-skew', offsetMillis: -4 * 60_000 });
    await firehose(services);
    expect(services.requests).toHaveLength(1);
  });
});

describe('a fault strikes', () => {
  const outcomes = async (services: LocalServices, calls: number): Promise<string> => {
    let text = '';
    for (let call = 0; call < calls; call += 1) {
      text += await firehose(services).then(
        () => '.',
        () => 'x',
      );
    }
    return text;
  };

  it.each<[string, Fault, string]>([
    ['each time', { kind: 'throttle' }, 'xxxxx'],
    ['so many times', { kind: 'throttle', times: 2 }, 'xx...'],
    ['after so many calls', { kind: 'throttle', after: 3 }, '...xx'],
    ['after some, some times', { kind: 'throttle', after: 1, times: 2 }, '.xx..'],
    ['only this service', { kind: 'throttle', service: 'sqs' }, '.....'],
    ['only this operation', { kind: 'throttle', operation: 'PutRecord' }, '.....'],
    ['calls that match', { kind: 'throttle', match: ({ target }) => target === 'logs' }, 'xxxxx'],
    [
      'no calls that do not',
      { kind: 'throttle', match: ({ accessKeyId }) => accessKeyId === 'other' },
      '.....',
    ],
    ['never at a rate of 0', { kind: 'throttle', rate: 0 }, '.....'],
  ])('%s', async (_, fault, expected) => {
    await using services = await start(fault);
    expect(await outcomes(services, 5)).toBe(expected);
  });

  it('as the first of the list whose conditions hold', async () => {
    await using services = await start(
      { kind: 'throttle', times: 1 },
      { kind: 'internal-error', times: 1 },
    );
    expect((await refusalOf(firehose(services))).name).toBe('ThrottlingException');
    expect((await refusalOf(firehose(services))).name).toBe('InternalFailure');
    expect(await outcomes(services, 1)).toBe('.');
  });

  it('until it is replaced', async () => {
    await using services = await start({ kind: 'throttle' });
    expect(await outcomes(services, 1)).toBe('x');
    services.setFaults([]);
    expect(await outcomes(services, 1)).toBe('.');
  });

  it('for a share of the calls near its rate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), async (seed) => {
        const faults: Fault[] = [{ kind: 'throttle', rate: 0.5 }];
        await using services = await startLocalServices({ faults, seed });
        const failed = (await outcomes(services, 60)).replaceAll('.', '').length;
        expect(failed).toBeGreaterThan(5);
        expect(failed).toBeLessThan(55);
      }),
      { numRuns: 5 },
    );
  });
});
