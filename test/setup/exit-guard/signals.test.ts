import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LogReceiver, startLogReceiver } from './support/log-receiver.ts';
import { runApp, runTwins } from './support/run-app.ts';

let receiver: LogReceiver;

beforeAll(async () => {
  receiver = await startLogReceiver();
});
afterAll(() => receiver.close());

const terminate = (child: { kill(signal: NodeJS.Signals): boolean }): void => {
  child.kill('SIGTERM');
};

describe.concurrent('a signal that the application does not listen to', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends the process by %s when its logs are sent',
    async (signal) => {
      const logsUrl = receiver.createUrl();
      const { guarded, plain } = await runTwins('serves', {
        logsUrl,
        whenReady: (child) => child.kill(signal),
      });
      expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
      expect(guarded).toEqual(plain);
      expect(plain).toMatchObject({ code: null, signal, remainder: [] });
    },
  );

  test.each(['SIGUSR2', 'SIGQUIT', 'SIGALRM'] as const)(
    'ends the process by %s as without the guard, which does not catch it',
    async (signal) => {
      const { guarded, plain } = await runTwins('serves', {
        logsUrl: receiver.createUrl(),
        whenReady: (child) => child.kill(signal),
      });
      expect(guarded).toEqual(plain);
      expect(plain).toMatchObject({ code: null, signal, remainder: [] });
    },
  );

  test('ends it once although it comes twice at once, as npm passes it on', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded } = await runTwins('serves', {
      logsUrl,
      whenReady(child) {
        child.kill('SIGINT');
        child.kill('SIGINT');
      },
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toMatchObject({ signal: 'SIGINT', remainder: [] });
  });

  test('has its logs sent although the application removed all listeners of the signal', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('removes all listeners of its signal', {
      logsUrl,
      whenReady: terminate,
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toEqual(plain);
    expect(plain).toMatchObject({ code: null, signal: 'SIGTERM', remainder: [] });
  });

  test('lets signal-exit clean up, as without the guard', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('has signal-exit', { logsUrl, whenReady: terminate });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toEqual(plain);
    expect(plain).toMatchObject({ signal: 'SIGTERM', stdout: 'ready\nonExit null SIGTERM\n' });
  });

  test('has what is logged in signal-exit written to stderr', async () => {
    const logsUrl = receiver.createUrl();
    const guarded = await runApp('has signal-exit and logs in it', {
      logsUrl,
      whenReady: terminate,
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toMatchObject({ signal: 'SIGTERM', remainder: ['onExit SIGTERM'] });
  });
});

describe.concurrent('a signal that the application listens to', () => {
  test('ends nothing: the application does, and what it logs until then is sent', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('ends its work on a signal', {
      logsUrl,
      whenReady: terminate,
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first', 'in SIGTERM', 'after SIGTERM']);
    expect(guarded).toEqual(plain);
    expect(plain).toMatchObject({ code: 0, stdout: 'ready\nSIGTERM 15\n' });
  });

  test('ends nothing where the one listener is called before ours and gone then', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('listens once, before all others', {
      logsUrl,
      whenReady: terminate,
    });
    expect(guarded).toEqual(plain);
    expect(plain).toMatchObject({ code: 0, signal: null });
  });

  test('has its logs sent although the application will call process.exit', async () => {
    const logsUrl = receiver.createUrl();
    const scenario = 'calls process.exit on its second signal';
    const guarded = await runApp(scenario, {
      logsUrl,
      async whenReady(child) {
        child.kill('SIGTERM');
        await vi.waitUntil(() => receiver.bodiesAt(logsUrl).length === 2, { timeout: 15_000 });
        child.kill('SIGUSR2');
      },
    });
    expect(guarded.code).toBe(8);
  });

  test('ends the process when the application sends it again without a listener', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('sends itself the signal again', {
      logsUrl,
      whenReady: terminate,
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first', 'in SIGTERM', 'after SIGTERM']);
    expect(guarded).toEqual(plain);
    expect(plain.signal).toBe('SIGTERM');
  });

  test('stays the business of the application beside signal-exit', async () => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins('has signal-exit and ends its work on a signal', {
      logsUrl,
      whenReady: terminate,
    });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(guarded).toEqual(plain);
    expect(plain.code).toBe(0);
  });
});
