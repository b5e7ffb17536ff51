import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runApp, runTwins } from './support/run-app.ts';

/** The exporter of the applications would wait far longer: that they end is the guard's doing. */
const SHORT_MILLIS = 300;
/** Longer than any test may take. */
const FOR_EVER_MILLIS = 600_000;

let services: LocalServices;
let hangingUrl: string;

beforeAll(async () => {
  services = await startLocalServices({ faults: [{ kind: 'hang' }] });
  hangingUrl = services.http.url;
});
afterAll(() => services.close());

describe.concurrent('a service that never answers', () => {
  test.each([
    ['runs to its end', ['first', 'in beforeExit', 'in exit']],
    ['serves', ['first']],
    ['rejects with an error', ['first']],
  ])('delays the end by no more than the bound: an app that %s', async (scenario, remainder) => {
    const { guarded, plain } = await runTwins(scenario, {
      logsUrl: hangingUrl,
      flushMillis: SHORT_MILLIS,
      whenReady: (child) => child.kill('SIGTERM'),
    });
    expect(guarded).toEqual({ ...plain, remainder });
  });

  test('delays an application that ends its own work by no more than the exporter flushes', async () => {
    const { guarded, plain } = await runTwins('ends its work on a signal', {
      logsUrl: hangingUrl,
      flushMillis: FOR_EVER_MILLIS,
      exporterFlushMillis: SHORT_MILLIS,
      whenReady: (child) => child.kill('SIGTERM'),
    });
    const remainder = ['first', 'in SIGTERM', 'after SIGTERM'];
    expect({ ...guarded, remainder: guarded.remainder.toSorted() }).toEqual({
      ...plain,
      remainder: remainder.toSorted(),
    });
  });

  test('is no longer waited for when the user asks again', async () => {
    let asking: NodeJS.Timeout | undefined;
    const guarded = await runApp('serves', {
      logsUrl: hangingUrl,
      flushMillis: FOR_EVER_MILLIS,
      whenReady(child) {
        asking = setInterval(() => child.kill('SIGINT'), 100);
      },
    });
    clearInterval(asking);
    expect(guarded).toMatchObject({ code: null, signal: 'SIGINT', remainder: ['first'] });
  });

  test('is no longer waited for when the application throws again: the first error stands', async () => {
    const guarded = await runApp('throws twice', {
      logsUrl: hangingUrl,
      flushMillis: FOR_EVER_MILLIS,
    });
    expect(guarded).toMatchObject({ code: 1, remainder: ['first'] });
    expect(guarded.stderr).toContain('AppError: First');
    expect(guarded.stderr).not.toContain('AppError: Second');
  });

  test('leaves the code of a crash and its error to an application that exits meanwhile', async () => {
    const guarded = await runApp('throws and calls process.exit', {
      logsUrl: hangingUrl,
      flushMillis: FOR_EVER_MILLIS,
    });
    expect(guarded).toMatchObject({ code: 1, remainder: ['first'] });
    expect(guarded.stderr).toContain('AppError: First');
  });

  test('costs no record where that error cannot be shown', async () => {
    const guarded = await runApp('throws what cannot be shown and calls process.exit', {
      logsUrl: hangingUrl,
      flushMillis: FOR_EVER_MILLIS,
    });
    expect(guarded).toMatchObject({ code: 1, remainder: ['first'] });
    expect(guarded.stderr).toContain('Uncaught AppError: Hidden');
  });
});

test('a service that is not there delays the end by no more than the bound', async () => {
  const { guarded, plain } = await runTwins('runs to its end', {
    logsUrl: 'http://127.0.0.1:1/',
    flushMillis: SHORT_MILLIS,
  });
  expect(guarded).toEqual({ ...plain, remainder: ['first', 'in beforeExit', 'in exit'] });
});

test('a slow reader of stderr gets every line whole', async () => {
  const guarded = await runApp('calls process.exit with more to write than a pipe holds', {
    logsUrl: hangingUrl,
  });
  expect(guarded).toMatchObject({ code: 5, stderr: 'ready\n' });
  expect(guarded.remainder).toHaveLength(101);
});
