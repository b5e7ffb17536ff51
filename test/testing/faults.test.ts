import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  FirehoseClient,
  PutRecordBatchCommand,
  type PutRecordBatchCommandOutput,
} from '@aws-sdk/client-firehose';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './refusal-of.ts';

const bodies = ['a', 'b', 'c', 'd'];

function firehose(services: LocalServices, maxAttempts = 1): Promise<PutRecordBatchCommandOutput> {
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts });
  const Records = bodies.map((text) => ({ Data: Buffer.from(`${text}\n`) }));
  return client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records }));
}

function logs(services: LocalServices): Promise<unknown> {
  const client = new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
  const logEvents = bodies.map((message) => ({ timestamp: Date.now(), message }));
  return client.send(
    new PutLogEventsCommand({ logGroupName: 'group', logStreamName: 'stream', logEvents }),
  );
}

function sqs(services: LocalServices): Promise<unknown> {
  const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
  return client.send(
    new SendMessageCommand({ QueueUrl: services.sqs.queueUrl('logs'), MessageBody: 'a' }),
  );
}

const start = (...faults: Fault[]): Promise<LocalServices> =>
  startLocalServices({ faults, cloudWatchLogs: { groups: { group: ['stream'] } } });
const stored = ({ firehose: { recordCount }, cloudWatchLogs, sqs: queue }: LocalServices): number =>
  recordCount + cloudWatchLogs.eventCount + queue.messageCount;

describe('a fault answers with the error of the service and stores nothing:', () => {
  it.each<[Fault, typeof logs, string, number]>([
    [{ kind: 'throttle' }, firehose, 'ThrottlingException', 400],
    [{ kind: 'throttle' }, logs, 'ThrottlingException', 400],
    [{ kind: 'throttle' }, sqs, 'RequestThrottled', 400],
    [{ kind: 'service-unavailable' }, firehose, 'ServiceUnavailableException', 503],
    [{ kind: 'service-unavailable' }, logs, 'ServiceUnavailableException', 503],
    [{ kind: 'service-unavailable' }, sqs, 'ServiceUnavailable', 503],
    [{ kind: 'internal-error' }, logs, 'InternalFailure', 500],
    [{ kind: 'internal-error' }, sqs, 'InternalError', 500],
    [{ kind: 'expired-credentials' }, firehose, 'ExpiredTokenException', 400],
    [{ kind: 'expired-credentials' }, sqs, 'ExpiredToken', 400],
    [{ kind: 'not-found' }, firehose, 'ResourceNotFoundException', 400],
    [{ kind: 'not-found' }, sqs, 'QueueDoesNotExist', 400],
    [
      { kind: 'error', name: 'AccessDeniedException', status: 403 },
      logs,
      'AccessDeniedException',
      403,
    ],
    [{ kind: 'stream-deleted' }, firehose, 'ResourceNotFoundException', 400],
    [{ kind: 'stream-deleted' }, logs, 'ResourceNotFoundException', 400],
    [{ kind: 'stream-deleted', what: 'group' }, logs, 'ResourceNotFoundException', 400],
    [{ kind: 'stream-deleted' }, sqs, 'QueueDoesNotExist', 400],
  ])('%o', async (fault, call, name, status) => {
    await using services = await start(fault);
    expect(await refusalOf(call(services))).toMatchObject({ name, status });
    expect(stored(services)).toBe(0);
    expect(services.violations).toEqual([]);
    expect(services.requests).toMatchObject([{ status, error: name, fault: fault.kind }]);
  });
});

it('a concurrent create is aborted', async () => {
  await using services = await start({ kind: 'operation-aborted', operation: 'CreateLogGroup' });
  const client = new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
  const create = client.send(new CreateLogGroupCommand({ logGroupName: 'new' }));
  expect((await refusalOf(create)).name).toBe('OperationAbortedException');
});

describe('the connection', () => {
  it('is reset before anything is stored', async () => {
    await using services = await start({ kind: 'reset-before-accept' });
    expect((await refusalOf(firehose(services))).message).toMatch(/ECONNRESET|hang up/);
    expect(stored(services)).toBe(0);
    expect(services.requests).toMatchObject([{ status: undefined, fault: 'reset-before-accept' }]);
  });

  it('is reset after everything is stored', async () => {
    await using services = await start({ kind: 'reset-after-accept' });
    expect((await refusalOf(firehose(services))).message).toMatch(/ECONNRESET|hang up/);
    expect(stored(services)).toBe(4);
  });

  it.each([
    [false, 0],
    [true, 4],
  ])('hangs (stored: %s) until the services close', async (accept, count) => {
    const services = await start({ kind: 'hang', accept });
    const call = refusalOf(firehose(services));
    await expect.poll(() => services.requests.length).toBe(1);
    await services.close();
    expect((await call).name).not.toBe('');
    expect(stored(services)).toBe(count);
  });
});

describe('the answer', () => {
  it('dribbles', async () => {
    await using services = await start({ kind: 'slow-body', durationMillis: 50 });
    const startedAt = performance.now();
    expect((await firehose(services)).FailedPutCount).toBe(0);
    expect(performance.now() - startedAt).toBeGreaterThan(40);
  });

  it('comes late', async () => {
    await using services = await start({ kind: 'delay', durationMillis: 50 });
    const startedAt = performance.now();
    await firehose(services);
    expect(performance.now() - startedAt).toBeGreaterThan(40);
  });

  it.each(['garbage', 'half', 'html'] as const)(
    'is spoiled (%s) though all is stored',
    async (form) => {
      await using services = await start({ kind: 'malformed-answer', form });
      await refusalOf(firehose(services));
      expect(stored(services)).toBe(4);
    },
  );

  it('is empty though all is stored', async () => {
    await using services = await start({ kind: 'malformed-answer', form: 'empty' });
    expect((await firehose(services)).RequestResponses).toBeUndefined();
    expect(stored(services)).toBe(4);
  });

  it('of a gateway is no JSON', async () => {
    await using services = await start({
      kind: 'error',
      name: 'Bad Gateway',
      status: 502,
      body: '<html>',
    });
    expect(await refusalOf(firehose(services))).toMatchObject({ status: 502 });
  });

  it('has a wrong checksum, which the client notices after all is stored', async () => {
    await using services = await start({ kind: 'wrong-checksum' });
    expect((await refusalOf(sqs(services))).message).toBe('InvalidChecksumError');
    expect(stored(services)).toBe(1);
  });
});

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

it.each<[string, object]>([
  ['an unknown kind', { kind: 'explode' }],
  ['a rate above 1', { kind: 'throttle', rate: 2 }],
])('%s is told at once', async (_, fault) => {
  const services = await startLocalServices();
  const faults = [fault].filter((candidate): candidate is Fault => 'kind' in candidate);
  expect(() => services.setFaults(faults)).toThrow(TypeError);
  await services.close();
});

it('every answer waits for the latency, and the calls wait together', async () => {
  await using services = await startLocalServices({ latencyMillis: 60 });
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 20 }, () => firehose(services)));
  expect(performance.now() - startedAt).toBeGreaterThan(50);
  expect(services.firehose.recordCount).toBe(80);
});
