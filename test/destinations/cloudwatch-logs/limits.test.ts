import { createLogRecord } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordAt, records, uidsOf, withAws } from '../aws/support/aws-run.ts';

const MIB = 1_048_576;
const text = (byteCount: number) => createLogRecord({ body: 'x'.repeat(byteCount) });

describe('a call to CloudWatch Logs', () => {
  it('holds at most 10,000 events', async () => {
    await withAws('cloudwatch-logs', { encoding: 'body' }, async ({ calls, send, services }) => {
      expect(await send(records(20_001, { body: 'x' }))).toBe(0);
      // How full they are depends on how fast the machine is; that none is too full does not.
      expect(Math.max(...calls().map(({ entries }) => entries))).toBeLessThanOrEqual(10_000);
      expect(calls().length).toBeGreaterThanOrEqual(3);
      expect(services.cloudWatchLogs.eventCount).toBe(20_001);
    });
  });

  it('is filled up to 1 MiB with 26 bytes for each event', async () => {
    // 1,024 events of 998 + 26 bytes are exactly 1 MiB.
    await withAws('cloudwatch-logs', { encoding: 'body' }, async ({ calls, send }) => {
      expect(await send(records(1_025, { body: 'x'.repeat(998) }))).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([1_024, 1]);
    });
  });

  it('takes events of 1,048,500 bytes, or of the 1,048,550 that are asked for', async () => {
    for (const maxEventBytes of [undefined, 1_048_550]) {
      const limit = maxEventBytes ?? 1_048_500;
      const options = { encoding: 'body', oversize: 'drop', maxEventBytes };
      await withAws('cloudwatch-logs', options, async ({ drops, send, services }) => {
        expect(await send([text(1), text(limit), text(limit + 1), text(2)])).toBe(1);
        const sizes = services.cloudWatchLogs.messages.map((message) => message.length);
        expect(sizes.toSorted((a, b) => a - b)).toEqual([1, 2, limit]);
        expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
      });
    }
  });

  it('counts UTF-8 bytes and cuts between characters', async () => {
    const options = { encoding: 'body' };
    await withAws('cloudwatch-logs', options, async ({ send, services }) => {
      expect(await send([createLogRecord({ body: '😀'.repeat(400_000) })])).toBe(0);
      const [message = ''] = services.cloudWatchLogs.messages;
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1_048_500);
      expect(Buffer.byteLength(message)).toBeGreaterThan(1_048_400);
      expect(message).not.toContain('\ufffd');
    });
  });

  it('carries no empty message: that record is dropped, and its neighbours are not', async () => {
    const options = { encoding: 'body' };
    await withAws('cloudwatch-logs', options, async ({ drops, send, services }) => {
      expect(await send(['a', '', 'b'].map((body) => createLogRecord({ body })))).toBe(1);
      expect(services.cloudWatchLogs.messages).toEqual(['a', 'b']);
      expect(drops).toMatchObject([{ reason: 'invalid', count: 1 }]);
    });
  });

  it('carries every character as it was', async () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCodePoint(code)).join('');
    const body = `${all}\u2028\ud7ff\ue000\uffff\u{10ffff}"\\/`;
    await withAws('cloudwatch-logs', { encoding: 'body' }, async ({ send, services }) => {
      expect(await send([createLogRecord({ body })])).toBe(0);
      expect(services.cloudWatchLogs.messages).toEqual([body]);
    });
  });

  it('carries messages whose escapes are six times as long', async () => {
    await withAws('cloudwatch-logs', { encoding: 'body' }, async ({ send, services }) => {
      const bodies = ['\u0001'.repeat(500_000), `${'"'.repeat(99_999)}\u0000`];
      expect(await send(bodies.map((body) => createLogRecord({ body })))).toBe(0);
      expect(services.cloudWatchLogs.messages).toEqual(bodies);
    });
  });

  it('is in chronological order, equal times in the order they came', async () => {
    const now = Date.now();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 200 }),
        async (delays) => {
          const options = { encoding: 'body' };
          await withAws('cloudwatch-logs', options, async ({ send, services }) => {
            const sent = delays.map((delay, index) => recordAt(now - delay, `${delay} ${index}`));
            expect(await send(sent)).toBe(0);
            const expected = delays
              .map((delay, index) => [delay, index] as const)
              .toSorted(([a], [b]) => b - a);
            expect(services.cloudWatchLogs.messages).toEqual(
              expected.map(([delay, index]) => `${delay} ${index}`),
            );
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('spans less than 24 hours', async () => {
    const now = Date.now();
    const day = 86_400_000;
    await withAws('cloudwatch-logs', {}, async ({ calls, send, uids }) => {
      const sent = [0, 1, day - 1, day, day + 1, 3 * day].map((age) => recordAt(now - age));
      expect(await send(sent)).toBe(0);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      expect(calls().length).toBeLessThanOrEqual(4);
    });
  });

  it('breaks no rule, whatever sizes and times come', async () => {
    const now = Date.now();
    const event = fc.record({
      byteCount: fc.oneof(fc.nat(300), fc.nat(100_000), fc.constantFrom(MIB, MIB - 26, 0)),
      // Within the 14 days, so that none is rejected for its age.
      ageMillis: fc.oneof(fc.nat(1000), fc.nat(13 * 86_400_000)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 60 }), async (events) => {
        const options = { encoding: 'body', oversize: 'split' };
        await withAws('cloudwatch-logs', options, async ({ drops, exporter, send }) => {
          await send(
            events.map(({ ageMillis, byteCount }) =>
              recordAt(now - ageMillis, 'é'.repeat(byteCount / 2)),
            ),
          );
          const empty = events.filter(({ byteCount }) => byteCount < 2).length;
          expect(drops.filter(({ reason }) => reason !== 'invalid')).toEqual([]);
          expect(exporter.stats().delivered).toBe(events.length - empty);
        });
      }),
      { numRuns: 30 },
    );
  });

  it.each<[string, [number, number], 'old' | 'now']>([
    ['before 1970', [-5, 0], 'old'],
    ['of nothing', [Number.NaN, 0], 'now'],
    ['without end', [Number.POSITIVE_INFINITY, 0], 'now'],
  ])('carries a whole time even for a record %s', async (_what, hrTime, expected) => {
    await withAws('cloudwatch-logs', {}, async ({ calls, send, services }) => {
      await send([createLogRecord({ hrTime, hrTimeObserved: hrTime }), createLogRecord()]);
      const { events, rejected } = services.cloudWatchLogs;
      expect(events.length).toBe(expected === 'now' ? 2 : 1);
      for (const { timestamp } of [...events, ...rejected]) {
        expect(Number.isSafeInteger(timestamp) && timestamp >= 0).toBe(true);
      }
      expect(calls().every(({ status }) => status === 200)).toBe(true);
    });
  });

  it('takes nanoseconds down to whole milliseconds', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    await withAws('cloudwatch-logs', {}, async ({ send, services }) => {
      await send([createLogRecord({ hrTime: [seconds, 1_999_999] })]);
      expect(services.cloudWatchLogs.events[0]?.timestamp).toBe(seconds * 1000 + 1);
    });
  });
});
