import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LogReceiver, startLogReceiver } from './support/log-receiver.ts';
import { type AppRun, runTwins } from './support/run-app.ts';

let receiver: LogReceiver;

beforeAll(async () => {
  receiver = await startLogReceiver();
});
afterAll(() => receiver.close());

/** What Node.js prints of an uncaught error, without the place above it. */
function withoutPlace(run: AppRun): AppRun {
  return { ...run, stderr: run.stderr.replace(/^\n?\S.*\n.*\n.*\^\n/u, '') };
}

/** Which part of Node.js itself looks for rejections depends on the timers that are due at the moment. */
function withoutNodeFrames(run: AppRun): AppRun {
  return { ...run, stderr: run.stderr.replace(/\n +at [^\n]*\(node:internal\/[^\n)]*\)/gu, '') };
}

describe.concurrent('an error that nobody catches', () => {
  test.each(['throws an error', 'rejects with an error', 'rejects with a text'])(
    'is printed as ever, with code 1, when the logs are sent: an app that %s',
    async (scenario) => {
      const logsUrl = receiver.createUrl();
      const { guarded, plain } = await runTwins(scenario, { logsUrl });
      expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
      expect(withoutNodeFrames(guarded)).toEqual(withoutNodeFrames(plain));
      expect(plain.code).toBe(1);
      expect(plain.stderr).toMatch(/\n *\^\n/u);
    },
  );

  test.each([
    'throws a text',
    'has an error event that nobody hears',
    'throws and watches',
    'throws in a domain',
  ])('is printed as ever but for the place above it: an app that %s', async (scenario) => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins(scenario, { logsUrl });
    expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
    expect(withoutPlace(guarded)).toEqual(withoutPlace(plain));
    expect(withoutPlace(plain).stderr).not.toBe(plain.stderr);
    expect(guarded.stderr).not.toContain('exit-guard/crash-guard');
  });

  test.each(['strict', 'warn-with-error-code'])(
    'is what --unhandled-rejections=%s makes of a rejection',
    async (mode) => {
      const logsUrl = receiver.createUrl();
      const { guarded, plain } = await runTwins('rejects with an error', {
        logsUrl,
        nodeFlags: [`--unhandled-rejections=${mode}`],
      });
      expect(receiver.bodiesAt(logsUrl)).toEqual(['first']);
      expect(withoutNodeFrames(guarded)).toEqual(withoutNodeFrames(plain));
    },
  );
});

describe.concurrent('an error that the application catches', () => {
  test.each([
    'catches what it throws',
    'throws while it catches',
    'throws while it watches',
    'calls process.exit while it watches',
    'captures what it throws',
    'handles its rejections',
  ])('ends the process as the application wishes: an app that %s', async (scenario) => {
    const logsUrl = receiver.createUrl();
    const { guarded, plain } = await runTwins(scenario, { logsUrl });
    const { remainder, stderr, ...end } = guarded;
    expect(plain).toMatchObject(end);
    expect([...receiver.bodiesAt(logsUrl), ...remainder]).toContain('first');
    expect(stderr.length === 0).toBe(plain.stderr.length === 0);
  });
});
