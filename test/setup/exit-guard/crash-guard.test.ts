import { describe, expect, it } from 'vitest';
import { EXIT_FLUSH_MILLIS } from '../../../src/setup/exit-guard/exit-guard-options.ts';
import { installFakeGuard } from './support/fake-guard.ts';

describe('an error that nobody catches', () => {
  const error = new Error('crash');

  it('is held until the logs are sent, and then nobody can catch it', async () => {
    const { endFlush, events, log, process, thrown } = installFakeGuard();
    log('one');
    expect(process.throwUncaught(error)).toBe(true);
    expect(process.listenerCount('uncaughtException')).toBe(0);
    process.on('uncaughtException', () => {});
    process.captureCallback = () => {};
    expect(thrown).toEqual([]);
    await endFlush();
    expect(events).toEqual(['flush', 'take']);
    expect(thrown).toEqual([error]);
    expect(process.throwUncaught(error)).toBe(false);
    expect(process.captureCallback).toBe(null);
  });

  it('is held for 8 s at most', async () => {
    const { events, log, process, runtime, thrown } = installFakeGuard();
    log('one');
    process.throwUncaught(error);
    await runtime.advance(7_999);
    expect(thrown).toEqual([]);
    await runtime.advance(1);
    expect(thrown).toEqual([error]);
    expect(events).toEqual(['flush', 'take', 'one']);
  });

  it('is thrown at once when another one comes', async () => {
    const { process, runtime, thrown } = installFakeGuard();
    process.throwUncaught(error);
    expect(process.throwUncaught(new Error('second'))).toBe(true);
    await runtime.settle();
    expect(thrown).toEqual([error]);
  });

  it('is thrown at once when a signal comes', async () => {
    const { process, runtime, thrown } = installFakeGuard();
    process.throwUncaught(error);
    await runtime.advance(600);
    process.emit('SIGTERM');
    expect(thrown).toEqual([error]);
    expect(process.kills).toEqual([]);
  });

  it('is left to Node.js on the way to an end by a signal, and in the last moment', () => {
    const signalled = installFakeGuard();
    signalled.process.emit('SIGTERM');
    expect(signalled.process.throwUncaught(error)).toBe(false);
    const exiting = installFakeGuard();
    exiting.process.emit('exit', 0);
    expect(exiting.process.throwUncaught(error)).toBe(false);
  });

  it('is not told as a rejection too while it is held', async () => {
    const { process, runtime } = installFakeGuard();
    process.throwUncaught(error, 'unhandledRejection');
    expect(process.emit('unhandledRejection', error)).toBe(true);
    await runtime.settle();
    expect(process.emit('unhandledRejection', error)).toBe(false);
  });

  it('is left to the application that catches it', async () => {
    const guard = installFakeGuard();
    guard.process.on('uncaughtException', () => guard.log('caught'));
    guard.process.throwUncaught(error);
    await guard.endFlush();
    guard.process.removeAllListeners('uncaughtException');
    guard.process.captureCallback = () => {};
    guard.process.emit('uncaughtExceptionMonitor', error, 'uncaughtException');
    await guard.runtime.advance(EXIT_FLUSH_MILLIS);
    expect(guard.thrown).toEqual([]);
    expect(guard.events.slice(0, 2)).toEqual(['flush', 'flush']);
  });
});
