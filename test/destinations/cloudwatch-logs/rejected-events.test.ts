import type { Fault } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rejectedReason } from '../../../src/destinations/cloudwatch-logs/rejected-events.ts';
import { recordAt, uidsOf, withAws } from '../aws/support/aws-run.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const answer = (body: object): Fault => ({
  kind: 'error',
  operation: 'PutLogEvents',
  times: 1,
  name: 'Scripted',
  status: 200,
  body: JSON.stringify(body),
});

describe('events that the service does not take for their time', () => {
  it('are counted by reason, reported, and never sent again', async () => {
    const now = Date.now();
    await withAws('cloudwatch-logs', {}, async ({ calls, drops, send, services, uids }) => {
      services.cloudWatchLogs.createGroup('/otel/local-service', { retentionInDays: 3 });
      services.cloudWatchLogs.createStream('/otel/local-service', 'instance-1');
      const good = [recordAt(now - 1000), recordAt(now), recordAt(now + HOUR)];
      const bad = [
        ...[20 * DAY, 19 * DAY, 18 * DAY].map((age) => recordAt(now - age)),
        ...[5 * DAY, 4 * DAY].map((age) => recordAt(now - age)),
        recordAt(now + 3 * HOUR),
      ];
      expect(await send([...bad, ...good])).toBe(1);
      expect(uids().toSorted()).toEqual(uidsOf(good).toSorted());
      const counts = Object.fromEntries(
        ['too_old', 'expired', 'too_new'].map((reason) => [
          reason,
          drops.filter((drop) => drop.reason === reason).reduce((sum, d) => sum + d.count, 0),
        ]),
      );
      expect(counts).toEqual({ too_old: 3, expired: 2, too_new: 1 });
      expect(calls().reduce((sum, { entries }) => sum + entries, 0)).toBe(9);
    });
  });

  it('are counted although the first answer that tells of them arrives empty', async () => {
    const now = Date.now();
    await withAws('cloudwatch-logs', {}, async ({ exporter, send, services }) => {
      services.setFaults([
        { kind: 'malformed-answer', form: 'empty', operation: 'PutLogEvents', times: 1 },
      ]);
      await send([recordAt(now), recordAt(now + 3 * HOUR)]);
      expect(exporter.stats()).toMatchObject({ delivered: 1, dropped: { too_new: 1 } });
    });
  });

  it('in one call are a prefix and a suffix of what was sent in order of time', async () => {
    const now = Date.now();
    await withAws('cloudwatch-logs', {}, async ({ calls, drops, exporter, send, services }) => {
      services.setFaults([
        answer({
          rejectedLogEventsInfo: {
            tooOldLogEventEndIndex: 2,
            expiredLogEventEndIndex: 3,
            tooNewLogEventStartIndex: 5,
          },
        }),
      ]);
      // The youngest first: the answer's indexes are those of the sorted events.
      expect(await send([6, 5, 4, 3, 2, 1, 0].map((place) => recordAt(now + place)))).toBe(1);
      expect(exporter.stats()).toMatchObject({
        delivered: 2,
        dropped: { too_old: 2, expired: 1, too_new: 2 },
      });
      const times = drops.map(({ firstTime, lastTime, reason }) => [
        reason,
        firstTime.getTime() - now,
        lastTime.getTime() - now,
      ]);
      expect(times).toEqual(
        expect.arrayContaining([
          ['too_old', 0, 1],
          ['expired', 2, 2],
          ['too_new', 5, 6],
        ]),
      );
      expect(calls()).toHaveLength(1);
    });
  });

  it('have one reason each, whatever the indexes', () => {
    const index = fc.oneof(fc.integer({ min: -3, max: 15 }), fc.constant(undefined));
    fc.assert(
      fc.property(index, index, index, (tooOld, expired, tooNew) => {
        const info = {
          ...(tooOld === undefined ? {} : { tooOldLogEventEndIndex: tooOld }),
          ...(expired === undefined ? {} : { expiredLogEventEndIndex: expired }),
          ...(tooNew === undefined ? {} : { tooNewLogEventStartIndex: tooNew }),
        };
        for (let place = 0; place < 10; place += 1) {
          const expected =
            place < (tooOld ?? 0)
              ? 'too_old'
              : place < (expired ?? 0)
                ? 'expired'
                : place >= (tooNew ?? 10)
                  ? 'too_new'
                  : undefined;
          expect(rejectedReason(place, 10, info)).toBe(expected);
        }
      }),
    );
  });

  it('are all of a call, and no next token comes: they are counted once', async () => {
    const old = Date.now() - 30 * DAY;
    await withAws('cloudwatch-logs', {}, async ({ calls, exporter, send }) => {
      expect(await send([recordAt(old), recordAt(old)])).toBe(1);
      expect(calls()).toHaveLength(1);
      expect(exporter.stats().dropped).toMatchObject({ too_old: 2 });
    });
  });
});

describe("rejected: 'restamp'", () => {
  const restamp = { rejected: 'restamp' };

  it('sends them once more under the present time, and says their own inside', async () => {
    const now = Date.now();
    await withAws('cloudwatch-logs', restamp, async ({ calls, drops, send, services, uids }) => {
      const sent = [recordAt(now), recordAt(now - 20 * DAY), recordAt(now + 5 * HOUR)];
      expect(await send(sent)).toBe(0);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      for (const { timestamp } of services.cloudWatchLogs.events) {
        expect(Math.abs(timestamp - Date.now())).toBeLessThan(60_000);
      }
      expect(services.cloudWatchLogs.decoded).toContainEqual(
        expect.objectContaining({
          timestamp: expect.stringContaining(
            new Date(now - 20 * DAY).toISOString().replace('Z', ''),
          ),
        }),
      );
      expect(calls().reduce((sum, { entries }) => sum + entries, 0)).toBe(5);
      expect(drops).toEqual([]);
    });
  });

  it('does so once: what is rejected again is dropped', async () => {
    const now = Date.now();
    await withAws('cloudwatch-logs', restamp, async ({ calls, drops, send, services }) => {
      const rejected = answer({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } });
      const again = answer({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 } });
      services.setFaults([rejected, again]);
      expect(await send([recordAt(now), recordAt(now + 1)])).toBe(1);
      expect(calls().map(({ entries }) => entries)).toEqual([2, 1]);
      expect(drops).toMatchObject([{ reason: 'too_new', count: 1 }]);
    });
  });

  it.each([
    ['fast', -3],
    ['slow', 15 * 24],
  ])("takes the service's time when our clock is %s", async (_what, offsetHours) => {
    const serviceNow = Date.now() + offsetHours * HOUR;
    const faults: Fault[] = [
      { kind: 'clock-skew', service: 'cloudwatch-logs', offsetMillis: offsetHours * HOUR },
    ];
    const options = { now: () => serviceNow, faults };
    await withAws(
      'cloudwatch-logs',
      restamp,
      async ({ drops, send, services }) => {
        expect(await send([recordAt(Date.now())])).toBe(0);
        const [event] = services.cloudWatchLogs.events;
        expect(Math.abs((event?.timestamp ?? 0) - serviceNow)).toBeLessThan(60_000);
        expect(drops).toEqual([]);
      },
      options,
    );
  });
});
