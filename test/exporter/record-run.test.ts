import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventFrame } from '../../src/destinations/cloudwatch-logs/event-frame.ts';
import { heldBytesOf } from '../../src/exporter/held-bytes.ts';
import { RecordEntry } from '../../src/exporter/record-entry.ts';
import { RecordRun } from '../../src/exporter/record-run.ts';
import { BY_ITSELF } from '../../src/pack/byte-slabs.ts';

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
      expect(run.lengths).toEqual(given.map(({ length }) => length));
      expect(run.toLines()).toMatchObject(
        given.map(({ byteCount, length, timeMillis }, index) => ({
          byteCount,
          heldBytes: heldBytesOf(length),
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

it('an entry of several records has the time of the earliest and of the latest of them', () => {
  const size = { length: 10, byteCount: 10 };
  const place = { ...BY_ITSELF, memory: Buffer.alloc(100), start: 0, slab: undefined };
  const content = { recordCount: 1, tickets: undefined, splits: undefined };
  const times = { timeMillis: 5, acceptedAtMillis: 1, packedAtMillis: 2 };
  const entry = new RecordEntry({ ...place, ...size }, content, times, 1);
  for (const timeMillis of [7, 9, 8, 4, 3, 6]) entry.grow(size, timeMillis);
  expect(entry).toMatchObject({ timeMillis: 3, lastTimeMillis: 9 });
});

it('an entry of several records with frames is nested only when what lies between the frames is', () => {
  const frame = createEventFrame();
  const sizeOf = (byteCount: number, nestingBytes: number) => ({
    length: frame.length + byteCount + nestingBytes,
    byteCount,
  });
  const entryOf = (nestingBytes: number): RecordEntry => {
    const place = { ...BY_ITSELF, memory: Buffer.alloc(4096), start: 0, slab: undefined, frame };
    const content = { recordCount: 1, tickets: undefined, splits: undefined };
    const times = { timeMillis: 5, acceptedAtMillis: 1, packedAtMillis: 2 };
    const entry = new RecordEntry({ ...place, ...sizeOf(100, nestingBytes) }, content, times, 1);
    for (const timeMillis of [3, 9]) entry.grow(sizeOf(200, nestingBytes), timeMillis);
    return entry;
  };
  expect(entryOf(0).isNested).toBe(false);
  expect(entryOf(4).isNested).toBe(true);
});
