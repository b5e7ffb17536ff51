import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LogReceiver, startLogReceiver } from './support/log-receiver.ts';
import { runApp, runTwins } from './support/run-app.ts';

let receiver: LogReceiver;

beforeAll(async () => {
  receiver = await startLogReceiver();
});
afterAll(() => receiver.close());

describe.concurrent('a process that has nothing left to do', () => {
  test('sends what was logged, tells the application of its end once and keeps its exit code', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('runs to its end', { logsUrl });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first', 'in beforeExit']);
    expect(guarded.remainder).toEqual(['in exit']);
    expect(guarded).toEqual({ ...plain, remainder: ['in exit'] });
    expect(plain).toMatchObject({ code: 6, stdout: 'beforeExit 6\nexit 6\n' });
  });

  test('goes on as long as the application finds work in beforeExit', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('goes on in beforeExit', { logsUrl });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first', 'round 1', 'round 2']);
    expect(guarded).toEqual(plain);
    expect(plain).toMatchObject({ code: 0, stdout: 'beforeExit 1\nbeforeExit 2\nbeforeExit 3\n' });
  });

  test('sends what an asynchronous listener of beforeExit logs', async () => {
    const logsUrl = receiver.createUrl();
    const guarded = await runApp('closes asynchronously in beforeExit', { logsUrl });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first', 'closed']);
    expect(guarded).toMatchObject({ code: 0, remainder: [] });
  });

  test('ends with code 13 when its main module waits for ever', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('waits for a promise that nobody settles', {
      logsUrl,
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toEqual(plain);
    expect(plain.code).toBe(13);
  });

  test('is not warned of a leak for the listeners of the guard', async () => {
    const logsUrl = receiver.createUrl();
    const guarded = await runApp('leaves a listener in each place', {
      logsUrl,
      nodeFlags: ['--warnings'],
    });
    expect(guarded.stderr).toContain('AppError: Enough');
    expect(guarded.stderr).not.toContain('MaxListenersExceededWarning');
  });
});

describe.concurrent('a process that logs behind all listeners of exit, as in signal-exit', () => {
  test('has it written when it has nothing left to do', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('logs in signal-exit at its end', { logsUrl });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toEqual({ ...plain, remainder: ['onExit 6'] });
    expect(plain.code).toBe(6);
  });

  test('has it written when it calls process.exit', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('logs in signal-exit and calls process.exit', {
      logsUrl,
    });
    expect(guarded).toEqual({ ...plain, remainder: ['first', 'onExit 5'] });
    expect(plain.code).toBe(5);
  });
});

describe.concurrent('a process that calls process.exit', () => {
  test('writes all that was logged to stderr and keeps its exit code', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('calls process.exit', { logsUrl });
    expect(receiver.bodiesAt(logsUrl)).toEqual([]);
    expect(guarded).toEqual({ ...plain, remainder: ['first', 'in exit'] });
    expect(plain.code).toBe(5);
  });

  test('writes all that was logged although an exit listener calls it once more', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('calls process.exit once more in an exit listener', {
      logsUrl,
    });
    expect(guarded).toEqual({ ...plain, remainder: ['first', 'in exit'] });
    expect(plain.code).toBe(6);
  });

  test('has every record at the service or on stderr', async () => {
    const logsUrl = receiver.createUrl();
    const guarded = await runApp('calls process.exit with a request under way', { logsUrl });
    const all = [...receiver.bodiesAt(logsUrl), ...guarded.remainder];
    expect(new Set(all).size).toBe(512);
    expect(guarded.code).toBe(5);
  });

  test('writes what was logged although an exit listener throws', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('throws in an exit listener', { logsUrl });
    expect(guarded.code).toBe(plain.code);
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded.remainder).toEqual(['in exit']);
    expect(guarded.stderr).toContain('AppError: In exit');
  });
});

test('a worker thread ends as it would, with its logs sent or written', async () => {
  const logsUrl = receiver.createUrl();
  const { guarded, plain } = await runTwins('has workers', { logsUrl });
  const written = ['exits in worker', 'throws in worker'];
  expect(receiver.bodiesAt(logsUrl).toSorted()).toEqual(['first', 'returns in worker']);
  expect(guarded).toEqual({ ...plain, remainder: written });
  expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('Thrown in worker') });
});
