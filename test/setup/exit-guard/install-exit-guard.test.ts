import { diag } from '@opentelemetry/api';
import { afterEach, describe, expect, it, test } from 'vitest';
import { EXIT_FLUSH_MILLIS } from '../../../src/setup/exit-guard/exit-guard-options.ts';
import { installFakeGuard } from './support/fake-guard.ts';

afterEach(() => diag.disable());

describe('a signal', () => {
  it('ends the process after the flush and after sockets were closed', async () => {
    const closed: string[] = [];
    const { endFlush, events, log, process } = installFakeGuard({
      close: async () => void closed.push('closed'),
    });
    log('one');
    process.emit('SIGTERM');
    expect(process.kills).toEqual([]);
    await endFlush();
    expect(events).toEqual(['flush', 'take']);
    expect(closed).toEqual(['closed']);
    expect(process.kills).toEqual(['SIGTERM']);
  });

  it('ends it after 8 s at the latest, with what is left on stderr', async () => {
    const { events, log, process, runtime } = installFakeGuard();
    log('one');
    process.emit('SIGHUP');
    await runtime.advance(7_999);
    expect(process.kills).toEqual([]);
    await runtime.advance(1);
    expect(process.kills).toEqual(['SIGHUP']);
    expect(events).toEqual(['flush', 'take', 'one']);
    expect(EXIT_FLUSH_MILLIS).toBe(8_000);
  });

  it('waits for sockets no longer than for all', async () => {
    const guard = installFakeGuard({ flushMillis: 100, close: () => new Promise(() => {}) });
    guard.process.emit('SIGTERM');
    await guard.runtime.advance(60);
    await guard.endFlush();
    await guard.runtime.advance(39);
    expect(guard.process.kills).toEqual([]);
    await guard.runtime.advance(1);
    expect(guard.process.kills).toEqual(['SIGTERM']);
  });

  it('does not close what a flush in vain leaves behind', async () => {
    const closed: string[] = [];
    const guard = installFakeGuard({
      flushMillis: 100,
      close: async () => void closed.push('closed'),
    });
    guard.process.emit('SIGTERM');
    await guard.runtime.advance(100);
    expect(guard.process.kills).toEqual(['SIGTERM']);
    expect(closed).toEqual([]);
  });

  it('is the same wish when it comes again at once, and a new one later', async () => {
    const { endFlush, events, log, process, runtime } = installFakeGuard();
    log('one');
    process.emit('SIGINT');
    await runtime.advance(499);
    process.emit('SIGINT');
    expect(process.kills).toEqual([]);
    await runtime.advance(1);
    process.emit('SIGINT');
    expect(process.kills).toEqual(['SIGINT']);
    await endFlush();
    expect(process.kills).toEqual(['SIGINT']);
    expect(events).toEqual(['flush', 'take', 'one']);
  });

  it.each(['SIGHUP', 'SIGINT'])(
    'is the same wish when %s comes right behind it, as systemd sends them',
    async (next) => {
      const { endFlush, process, runtime } = installFakeGuard();
      process.emit('SIGTERM');
      await runtime.advance(499);
      process.emit(next);
      expect(process.kills).toEqual([]);
      await endFlush();
      expect(process.kills).toEqual(['SIGTERM']);
    },
  );

  it('of another kind is a new wish half a second later, and the process ends by the first', async () => {
    const { process, runtime } = installFakeGuard();
    process.emit('SIGTERM');
    await runtime.advance(500);
    process.emit('SIGHUP');
    expect(process.kills).toEqual(['SIGTERM']);
  });

  it('is heard again by a process that outlives it, as the first of a container does', async () => {
    const closed: string[] = [];
    const { endFlush, events, process, runtime } = installFakeGuard({
      close: async () => void closed.push('closed'),
    });
    process.pid = 1;
    process.emit('SIGTERM');
    await endFlush();
    expect(process.listenerCount('SIGTERM')).toBe(0);
    await runtime.advance(1_000);
    expect(process.listenerCount('SIGTERM')).toBe(1);
    process.emit('SIGTERM');
    await endFlush();
    expect(process.kills).toEqual(['SIGTERM', 'SIGTERM']);
    expect(events).toEqual(['flush', 'take', 'flush', 'take']);
    expect(closed).toEqual([]);
  });

  it('is left to the application that listens, once or for good', async () => {
    const guard = installFakeGuard();
    guard.log('one');
    guard.process.once('SIGTERM', () => guard.log('two'));
    guard.process.emit('SIGTERM');
    await guard.endFlush();
    await guard.runtime.advance(EXIT_FLUSH_MILLIS);
    expect(guard.process.kills).toEqual([]);
    expect(guard.events).toEqual(['flush', 'flush']);
  });

  it('that comes often is looked after once', async () => {
    const { endFlush, process, runtime } = installFakeGuard();
    process.on('SIGTERM', () => {});
    for (let count = 0; count < 3; count++) process.emit('SIGTERM');
    await endFlush();
    expect(runtime.pendingTimers).toHaveLength(1);
    await runtime.advance(EXIT_FLUSH_MILLIS);
    expect(runtime.pendingTimers).toEqual([]);
  });

  it('is not left to listeners that only watch', async () => {
    const { endFlush, process } = installFakeGuard({ passiveListeners: 1 });
    process.on('SIGTERM', () => {});
    process.emit('SIGTERM');
    await endFlush();
    expect(process.kills).toEqual(['SIGTERM']);
  });
});

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

describe('a process with nothing left to do', () => {
  it('is flushed, and the application is told once', async () => {
    const { endFlush, events, log, process, runtime } = installFakeGuard();
    let told = 0;
    process.on('beforeExit', () => {
      told += 1;
      log(`told ${told}`);
      // It printed for the first time: the stream is there from now on, and idle.
      process.resources = ['PipeWrap'];
    });
    process.emit('beforeExit', 0);
    await runtime.settle();
    await endFlush();
    process.emit('beforeExit', 0);
    await runtime.settle();
    expect(told).toBe(1);
    expect(events).toEqual(['flush']);
    process.emit('exit', 0);
    expect(events).toEqual(['flush', 'take']);
  });

  it('is flushed again for what came after the flush, and the application still told once', async () => {
    const { endFlush, events, log, process, runtime } = installFakeGuard();
    let told = 0;
    process.on('beforeExit', () => {
      told += 1;
    });
    process.emit('beforeExit', 0);
    await runtime.settle();
    await endFlush();
    log('late');
    process.emit('beforeExit', 0);
    await runtime.settle();
    await endFlush();
    process.emit('beforeExit', 0);
    expect(told).toBe(1);
    expect(events).toEqual(['flush', 'flush']);
  });

  it('is not flushed again when nothing was logged since', async () => {
    const { endFlush, events, process, runtime } = installFakeGuard();
    process.on('beforeExit', () => {
      process.resources = ['Timeout'];
    });
    process.emit('beforeExit', 0);
    await runtime.settle();
    await endFlush();
    process.resources = [];
    process.emit('beforeExit', 0);
    await runtime.settle();
    expect(events).toEqual(['flush']);
  });

  it('is told again when the application found work', async () => {
    const { endFlush, log, process, runtime } = installFakeGuard();
    let told = 0;
    process.resources = ['PipeWrap'];
    process.on('beforeExit', async () => {
      told += 1;
      log(`told ${told}`);
      await Promise.resolve();
      await Promise.resolve();
      process.resources = ['PipeWrap', 'Timeout'];
    });
    process.emit('beforeExit', 0);
    await runtime.settle();
    await endFlush();
    process.emit('beforeExit', 0);
    expect(told).toBe(2);
  });

  it('exits after a flush in vain even if something it left open does not let go', async () => {
    const { events, log, process, runtime } = installFakeGuard({ flushMillis: 100 });
    log('one');
    process.emit('beforeExit', 0);
    await runtime.advance(100);
    expect(events).toEqual(['flush', 'take', 'one']);
    expect(process.exits).toBe(0);
    await runtime.advance(250);
    expect(process.exits).toBe(1);
  });

  it('is not flushed in vain again, until as long has passed', async () => {
    const { events, log, process, runtime } = installFakeGuard({ flushMillis: 100 });
    log('one');
    process.emit('beforeExit', 0);
    await runtime.advance(100);
    log('late');
    process.emit('beforeExit', 0);
    await runtime.settle();
    expect(events).toEqual(['flush', 'take', 'one']);
    await runtime.advance(100);
    process.emit('beforeExit', 0);
    await runtime.settle();
    expect(events).toEqual(['flush', 'take', 'one', 'flush']);
  });

  it('is guarded although somebody else has put back another `emit`', async () => {
    const { emit } = new (await import('./support/fake-process.ts')).FakeProcess();
    const { events, log, process, runtime } = installFakeGuard();
    process.emit = emit;
    log('one');
    process.emit('beforeExit', 0);
    await runtime.settle();
    expect(events).toEqual(['flush']);
    process.emit('exit', 0);
    expect(events).toEqual(['flush', 'take', 'one']);
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
    const told: string[] = [];
    const tell = (message: string): void => void told.push(message);
    diag.setLogger({ error: tell, warn: tell, info() {}, debug() {}, verbose() {} });
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
