import { describe, expect, it } from 'vitest';
import { installFakeGuard } from './support/fake-guard.ts';

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
