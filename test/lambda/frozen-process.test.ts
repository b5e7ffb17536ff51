import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LambdaProcess } from './support/lambda-process.ts';

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices({ latencyMillis: 20 });
});
afterAll(() => services.close());
beforeEach(() => {
  services.http.clear();
  services.setFaults([]);
});

const delivered = (): unknown[] =>
  services.http.decoded.map((record) => Reflect.get(Object(record), 'body'));

describe('where an answer waits for an empty event loop', () => {
  let environment: LambdaProcess;

  beforeAll(() => {
    environment = new LambdaProcess(services.http.url);
  });
  afterAll(() => environment.end());

  it('a synchronous handler answers null, as without us, when its logs are delivered', async () => {
    const { error, result } = await environment.invoke('synchronous', 'one');
    expect({ error, result }).toEqual({ error: null, result: null });
    expect(delivered()).toEqual(['one']);
  });

  it('a callback answers when the logs are delivered', async () => {
    const { error, result } = await environment.invoke('callback', 'one');
    expect({ error, result }).toEqual({ error: null, result: 'one' });
    // Two requests may be under way side by side, and arrive in any order.
    expect(delivered().toSorted()).toEqual(['later one', 'one']);
  });

  it('an async handler does not end for want of work while its logs are flushed', async () => {
    const { error, result } = await environment.invoke('async', 'one');
    expect({ error, result }).toEqual({ error: null, result: 'one' });
    expect(delivered()).toEqual(['one']);
  });
});

describe('an environment that is frozen between two invocations', () => {
  let environment: LambdaProcess;

  beforeEach(() => {
    environment = new LambdaProcess(services.http.url);
  });
  afterEach(() => environment.end());

  it('leaves nothing behind of an invocation whose service did not answer', async () => {
    services.setFaults([{ kind: 'hang' }]);
    await environment.invoke('async', 'one', { flushTimeoutMillis: 300 });
    await expect.poll(() => environment.written).toEqual(['one']);
    await environment.freeze(() => services.setFaults([]));
    const { stats } = await environment.invoke('async', 'two');
    expect(delivered()).toEqual(['two']);
    expect(environment.written).toEqual(['one']);
    expect(stats).toMatchObject({
      exported: 2,
      delivered: 1,
      dropped: { shut_down: 1 },
      inFlight: 0,
    });
  });

  it('delivers once what was on its way when it was frozen', async () => {
    services.setFaults([{ kind: 'delay', durationMillis: 200, after: 1, times: 1 }]);
    await environment.invoke('background', 'one');
    await expect.poll(() => delivered()).toEqual(['one', 'behind one']);
    await environment.freeze(() => {});
    const { stats } = await environment.invoke('async', 'two');
    expect(delivered()).toEqual(['one', 'behind one', 'two']);
    expect(stats).toMatchObject({ exported: 3, delivered: 3, inFlight: 0 });
    expect(environment.written).toEqual([]);
  });

  it('delivers after it what it had begun to send to connections that were closed meanwhile', async () => {
    services.setFaults([{ kind: 'hang', after: 1, times: 1 }]);
    const before = services.requests.length;
    await environment.invoke('background', 'one');
    await expect.poll(() => services.requests.length).toBe(before + 2);
    await environment.freeze(async () => {
      await services.pause();
      await services.resume();
    });
    const { stats } = await environment.invoke('async', 'two');
    expect(delivered().sort()).toEqual(['behind one', 'one', 'two']);
    expect(stats).toMatchObject({ exported: 3, delivered: 3, inFlight: 0 });
    expect(environment.written).toEqual([]);
  });
});
