import { expect, test } from 'vitest';
import { installFakeGuard } from './support/fake-guard.ts';

test('an error that cannot be shown at all takes neither records nor listeners of exit with it', () => {
  class Unshowable extends Error {
    static override get name(): string {
      throw new Error('no name');
    }
  }
  const { events, log, process } = installFakeGuard();
  process.on('exit', () => log('in exit'));
  log('one');
  process.throwUncaught(new Unshowable());
  process.emit('exit', 0);
  expect(events).toEqual([
    'flush',
    'Uncaught an error that cannot be shown',
    'take',
    'one',
    'in exit',
  ]);
  expect(process.exitCode).toBe(1);
});
