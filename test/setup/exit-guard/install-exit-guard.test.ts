import { describe, expect, it, test } from 'vitest';
import { toldLines } from '../../support/told-lines.ts';
import { installFakeGuard } from './support/fake-guard.ts';

describe('a flush', () => {
  it('is repeated for what is logged meanwhile', async () => {
    const { endFlush, events, log, process } = installFakeGuard();
    process.emit('SIGTERM');
    log('late');
    await endFlush();
    expect(events).toEqual(['flush', 'flush']);
    await endFlush();
    expect(process.kills).toEqual(['SIGTERM']);
  });

  it('that is itself logged is not repeated for ever', async () => {
    let logged = 0;
    const { process, runtime } = installFakeGuard({
      flush: async () => {
        logged += 1;
      },
      countLogged: () => logged,
    });
    process.emit('SIGTERM');
    await runtime.settle();
    expect(process.kills).toEqual(['SIGTERM']);
    expect(logged).toBe(5);
  });

  it('gets the time that is left', async () => {
    const given: number[] = [];
    const guard = installFakeGuard({
      flushMillis: 100,
      flush: async (maxMillis) => {
        given.push(maxMillis);
        if (given.length === 1) guard.log('late');
        await guard.runtime.advance(30);
      },
    });
    guard.process.emit('SIGTERM');
    await guard.runtime.settle();
    expect(given).toEqual([100, 70]);
  });

  it('that fails has ended: what is left is written', async () => {
    const { events, log, process, runtime } = installFakeGuard({
      flush: () => Promise.reject(new Error('broken')),
    });
    log('one');
    process.emit('SIGTERM');
    await runtime.settle();
    expect(process.kills).toEqual(['SIGTERM']);
    expect(events).toEqual(['take', 'one']);
  });

  it('holds the process only as long as it lasts', async () => {
    const { endFlush, log, process, runtime } = installFakeGuard();
    log('one');
    expect(runtime.holds).toBe(0);
    process.emit('beforeExit', 0);
    await runtime.settle();
    expect(runtime.holds).toBe(1);
    await endFlush();
    expect(runtime.holds).toBe(0);
    expect(runtime.pendingTimers).toEqual([]);
  });
});

describe('the last moment', () => {
  test('comes behind all listeners of exit', () => {
    const { events, log, process } = installFakeGuard();
    process.on('exit', () => log('in exit'));
    process.emit('exit', 0);
    expect(events).toEqual(['take', 'in exit']);
  });

  test('goes on for what is logged behind it, until the process shows that it goes on', async () => {
    const tasks = new Set<() => void>();
    const { events, log, process, runtime } = installFakeGuard({
      onLogged(task) {
        tasks.add(task);
        return () => void tasks.delete(task);
      },
    });
    process.emit('exit', 0);
    process.emit('exit', 0);
    expect(tasks.size).toBe(1);
    log('behind');
    for (const task of tasks) task();
    expect(events).toEqual(['take', 'take', 'take', 'behind']);
    await runtime.advance(0);
    expect(tasks.size).toBe(0);
  });

  test('is told to diag when it wrote anything, and when it failed', () => {
    const told = toldLines();
    const { log, process } = installFakeGuard();
    process.emit('exit', 0);
    expect(told).toEqual([]);
    log('one');
    process.emit('exit', 0);
    const broken = installFakeGuard({
      takeRemainder: () => {
        throw new Error('broken');
      },
    });
    expect(broken.process.emit('exit', 0)).toBe(true);
    expect(told).toEqual([
      '[collectorless] The process ended before all logs were sent: 1 of them is on the standard error output',
      '[collectorless] What was not sent at the end is lost: Error: broken',
    ]);
  });
});

describe('the guard', () => {
  it('leaves the end of a worker to its parent and guards only its last moments', () => {
    const { process } = installFakeGuard({ isMainThread: false });
    expect(process.eventNames()).toEqual(['beforeExit', 'exit']);
  });

  it('is gone when it is taken away', async () => {
    const { endFlush, events, log, process, runtime, uninstall } = installFakeGuard();
    log('one');
    process.emit('SIGTERM');
    await endFlush();
    uninstall();
    await runtime.advance(2_000);
    expect(process.eventNames()).toEqual([]);
    expect(process.getMaxListeners()).toBe(10);
    expect(Object.hasOwn(process, 'emit')).toBe(false);
    process.emit('exit', 0);
    expect(events).toEqual(['flush', 'take']);
  });

  it('leaves an `emit` that somebody has wrapped around its own', () => {
    const { events, log, process, uninstall } = installFakeGuard();
    const { emit } = process;
    const theirs: typeof emit = (event, ...args) => emit.call(process, event, ...args);
    process.emit = theirs;
    uninstall();
    expect(process.emit).toBe(theirs);
    log('one');
    expect(process.emit('exit', 0)).toBe(false);
    expect(events).toEqual([]);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s as the time that a flush may take',
    (flushMillis) => {
      expect(() => installFakeGuard({ flushMillis })).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
      );
    },
  );
});
