import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { type Fault, startLocalServices } from '../../src/testing/index.ts';
import { firehose, logs, sqs, start, stored } from './support/put-calls.ts';
import { refusalOf } from './support/refusal-of.ts';

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
