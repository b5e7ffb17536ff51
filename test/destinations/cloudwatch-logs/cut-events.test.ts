import { expect, it } from 'vitest';
import { recordAt, withAws } from '../aws/support/aws-run.ts';

const options = { acknowledge: 'accepted', maxEventBytes: 1_000 };
const bodyIn = (text: string): string => String((JSON.parse(text) as { body?: unknown }).body);

it('an event that was cut and those right behind it arrive unharmed, also out of order', async () => {
  const now = Date.now();
  await withAws('cloudwatch-logs', options, async ({ exporter, send, services }) => {
    await send([
      recordAt(now, '"'.repeat(3_000)),
      recordAt(now + 1, 'one "1"'),
      recordAt(now + 2, 'two "2"'),
      recordAt(now - 5, 'early'),
    ]);
    await exporter.forceFlush();
    const [first, ...others] = services.cloudWatchLogs.messages.map(bodyIn);
    expect(first).toBe('early');
    expect(others.map((body) => body.slice(0, 8))).toEqual(['"'.repeat(8), 'one "1"', 'two "2"']);
  });
});

it('an event that was cut and the one behind it are handed back unharmed', async () => {
  const now = Date.now();
  await withAws('cloudwatch-logs', options, async ({ exporter, send }) => {
    await send([recordAt(now, '"'.repeat(3_000)), recordAt(now + 1, 'one "1"')]);
    const bodies = exporter
      .takeBack()
      .entries.map((bytes) => bodyIn(Buffer.from(bytes).toString()));
    expect(bodies.map((body) => body.slice(0, 8))).toEqual(['"'.repeat(8), 'one "1"']);
  });
});
