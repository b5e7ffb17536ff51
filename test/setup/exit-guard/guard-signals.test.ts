import { describe, expect, it } from 'vitest';
import { EXIT_FLUSH_MILLIS } from '../../../src/setup/exit-guard/exit-guard-options.ts';
import { installFakeGuard } from './support/fake-guard.ts';

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
