import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecordRun } from '../../src/exporter/record-run.ts';

const LATEST_MILLIS = 8.64e15;

const record = fc.record({
  length: fc.nat(1_048_576),
  byteCount: fc.nat(1_048_576),
  timeMillis: fc.oneof(
    fc.integer({ min: 1_700_000_000_000, max: 1_700_000_009_999 }),
    fc.integer({ min: 0, max: LATEST_MILLIS }),
  ),
});
const records = fc.array(record, { minLength: 1, maxLength: 100 });

it('a run of records has of each what it was given, however far apart their times are', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 0, max: LATEST_MILLIS }), (given, startMillis) => {
      const run = new RecordRun({
        acceptedAtMillis: 1,
        packedAtMillis: 2,
        sequence: 3,
        tickets: undefined,
        timeMillis: startMillis,
      });
      for (const one of given) run.add(one.length, one.byteCount, one.timeMillis);
      const visited: unknown[] = [];
      run.forEach((length, byteCount, timeMillis) => {
        visited.push({ length, byteCount, timeMillis });
      });
      expect(visited).toEqual(given);
      expect(run.count).toBe(given.length);
      expect(run.lengths).toEqual(given.map(({ length }) => length));
      expect(run.toLines()).toMatchObject(
        given.map(({ byteCount, timeMillis }, index) => ({
          byteCount,
          timeMillis,
          lastTimeMillis: timeMillis,
          acceptedAtMillis: 1,
          packedAtMillis: 2,
          sequence: 3 + index,
          recordCount: 1,
        })),
      );
    }),
  );
});
