import { expect, it } from 'vitest';
import { installFakeGuard } from './support/fake-guard.ts';

it('is back when it was removed', () => {
  const { process } = installFakeGuard();
  process.removeAllListeners('SIGTERM');
  for (const listener of process.rawListeners('SIGINT'))
    process.off('SIGINT', asListener(listener));
  expect(process.listenerCount('SIGTERM')).toBe(1);
  expect(process.listenerCount('SIGINT')).toBe(1);
});

it('lets a loop come to its end that removes listeners until none is left, and is back soon after', async () => {
  const { process, runtime } = installFakeGuard();
  let rounds = 0;
  while (process.listenerCount('SIGTERM') > 0 && rounds < 1_000) {
    for (const listener of process.listeners('SIGTERM'))
      process.off('SIGTERM', asListener(listener));
    rounds += 1;
  }
  expect(process.listenerCount('SIGTERM')).toBe(0);
  await runtime.advance(100);
  expect(process.listenerCount('SIGTERM')).toBe(1);
});

it('lets a timer come to its end that removes listeners until none is left, and is back soon after', async () => {
  const { process, runtime } = installFakeGuard();
  let rounds = 0;
  while (process.listenerCount('SIGTERM') > 0 && rounds < 1_000) {
    process.removeAllListeners('SIGTERM');
    await runtime.advance(1);
    rounds += 1;
  }
  expect(process.listenerCount('SIGTERM')).toBe(0);
  await runtime.advance(100);
  expect(process.listenerCount('SIGTERM')).toBe(1);
});

it('is back at once as often as it is removed, when that is not often', async () => {
  const { process, runtime } = installFakeGuard();
  for (let count = 0; count < 50; count++) {
    process.removeAllListeners('SIGTERM');
    expect(process.listenerCount('SIGTERM')).toBe(1);
    await runtime.advance(250);
  }
});

it('ends the process once although somebody put the removed listeners back beside it', async () => {
  const { endFlush, events, process } = installFakeGuard();
  for (let count = 0; count < 3; count++) {
    const listeners = process.listeners('SIGTERM');
    process.removeAllListeners('SIGTERM');
    for (const listener of listeners) process.on('SIGTERM', asListener(listener));
  }
  expect(process.listenerCount('SIGTERM')).toBe(4);
  process.emit('SIGTERM');
  await endFlush();
  expect(process.listenerCount('SIGTERM')).toBe(0);
  expect(process.kills).toEqual(['SIGTERM']);
  expect(events).toEqual(['flush', 'take']);
});

it('watches what is removed with one listener, for which the limit is one more', () => {
  const { process } = installFakeGuard();
  expect(process.listenerCount('removeListener')).toBe(1);
  expect(process.getMaxListeners()).toBe(11);
});

type Listener = (...args: unknown[]) => void;

function asListener(listener: unknown): Listener {
  if (!isListener(listener)) throw new TypeError('Expected a listener');
  return listener;
}

function isListener(value: unknown): value is Listener {
  return typeof value === 'function';
}
