import { describe, expect, it } from 'vitest';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import { RequestPacker } from '../../src/pack/request-packer.ts';

const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 24 * HOUR_MILLIS;

let sequence = 0;

function entry(bytes: number, timeMillis = 0): PackedEntry {
  sequence += 1;
  return { bytes: Buffer.alloc(bytes, 'x'), recordCount: 1, timeMillis, sequence };
}

/** Lines become one entry that counts its records. */
function combine(lines: readonly PackedEntry[]): PackedEntry {
  const [first] = lines;
  if (first === undefined) throw new Error('There is no entry of no lines');
  return {
    ...first,
    bytes: Buffer.concat(lines.map((line) => line.bytes)),
    recordCount: lines.length,
  };
}

function packAll(
  limits: Partial<PackLimits>,
  entries: readonly PackedEntry[],
): (readonly PackedEntry[])[] {
  const packer = new RequestPacker(
    { maxEntries: 1000, maxRequestBytes: 1000, maxEntryBytes: 1000, ...limits },
    combine,
  );
  const requests: (readonly PackedEntry[])[] = [];
  for (const added of entries) {
    const closed = packer.add(added);
    if (closed !== undefined) requests.push(closed);
  }
  for (let rest = packer.takeOldest(); rest !== undefined; rest = packer.takeOldest()) {
    requests.push(rest);
  }
  return requests;
}

const lengths = (requests: readonly (readonly PackedEntry[])[]): number[] =>
  requests.map((request) => request.length);

describe('a request', () => {
  it('is closed as soon as it has as many entries as it may have', () => {
    const packer = new RequestPacker(
      { maxEntries: 3, maxRequestBytes: 1000, maxEntryBytes: 100 },
      combine,
    );
    expect(packer.add(entry(1))).toBeUndefined();
    expect(packer.add(entry(1))).toBeUndefined();
    expect(packer.add(entry(1))).toHaveLength(3);
    expect(packer.oldestEntry).toBeUndefined();
  });

  it('is closed at once when it may have a single entry', () => {
    expect(lengths(packAll({ maxEntries: 1 }, [entry(1), entry(1)]))).toEqual([1, 1]);
  });

  it('is full to the last byte that it may have, and takes no byte more', () => {
    expect(
      lengths(packAll({ maxRequestBytes: 300 }, [entry(100), entry(100), entry(100)])),
    ).toEqual([3]);
    expect(
      lengths(packAll({ maxRequestBytes: 299 }, [entry(100), entry(100), entry(100)])),
    ).toEqual([2, 1]);
  });

  it('counts what the service adds to each entry', () => {
    const limits = { maxRequestBytes: 378, entryOverheadBytes: 26 };
    expect(lengths(packAll(limits, [entry(100), entry(100), entry(100)]))).toEqual([3]);
    expect(lengths(packAll(limits, [entry(100), entry(100), entry(101)]))).toEqual([2, 1]);
  });

  it('keeps the order in which the entries came', () => {
    const entries = Array.from({ length: 50 }, (_, index) => entry(1 + ((index * 37) % 90)));
    const packed = packAll({ maxRequestBytes: 200 }, entries).flat();
    expect(packed.map((e) => e.sequence)).toEqual(entries.map((e) => e.sequence));
  });

  it('never takes an entry that is larger than an entry may be', () => {
    expect(() => packAll({ maxEntryBytes: 10 }, [entry(11)])).toThrow(
      'An entry of 11 bytes cannot be packed: at most 10 bytes fit.',
    );
  });

  it('keeps to limits that became lower while it was open', () => {
    const limits = { maxEntries: 10, maxRequestBytes: 1000, maxEntryBytes: 100 };
    const packer = new RequestPacker(limits, combine);
    packer.add(entry(100));
    packer.changeLimits({ ...limits, maxEntryBytes: 50 });
    expect(() => packer.add(entry(51))).toThrow(RangeError);
    expect(packer.add(entry(50))).toBeUndefined();
    expect(packer.takeOldest()).toHaveLength(2);
  });

  it('takes an entry without bytes', () => {
    expect(lengths(packAll({ maxEntries: 2 }, [entry(0), entry(0), entry(0)]))).toEqual([2, 1]);
  });
});

describe('a request with a bound on its time span', () => {
  const limits = { maxSpanMillis: DAY_MILLIS };

  it('holds entries that lie less than the bound apart, in whatever order they came', () => {
    const times = [DAY_MILLIS - 1, 0, HOUR_MILLIS];
    expect(
      lengths(
        packAll(
          limits,
          times.map((time) => entry(1, time)),
        ),
      ),
    ).toEqual([3]);
  });

  it('does not hold an entry that lies the bound or more away', () => {
    expect(lengths(packAll(limits, [entry(1, 0), entry(1, DAY_MILLIS)]))).toEqual([1, 1]);
    expect(lengths(packAll(limits, [entry(1, DAY_MILLIS), entry(1, 0)]))).toEqual([1, 1]);
  });

  it('stays open beside others, so that records of many days in any order make few requests', () => {
    const days = 14;
    const entries = Array.from({ length: 10_000 }, (_, index) =>
      entry(1, ((index * 7919) % 10_000) * ((days * DAY_MILLIS) / 10_000)),
    );
    const requests = packAll({ ...limits, maxEntries: 10_000, maxRequestBytes: 1e6 }, entries);
    expect(requests.length).toBeLessThanOrEqual(2 * days + 1);
  });

  it('is closed first when it has been open longest and there are too many', () => {
    const packer = new RequestPacker(
      { maxEntries: 10, maxRequestBytes: 1000, maxEntryBytes: 10, ...limits },
      combine,
    );
    const first = entry(1, 0);
    expect(packer.add(first)).toBeUndefined();
    for (let day = 1; day < 32; day += 1) {
      expect(packer.add(entry(1, day * 2 * DAY_MILLIS))).toBeUndefined();
    }
    expect(packer.oldestEntry).toBe(first);
    expect(packer.add(entry(1, 32 * 2 * DAY_MILLIS))).toEqual([first]);
    expect(packer.oldestEntry).not.toBe(first);
  });
});

describe('a request whose entries hold several lines', () => {
  const limits = {
    maxEntries: 2,
    maxRequestBytes: 1000,
    maxEntryBytes: 100,
    aggregate: { maxLines: 3, maxBytes: 100 },
  };
  const shape = (requests: readonly (readonly PackedEntry[])[]): number[][] =>
    requests.map((request) => request.map((e) => e.recordCount));

  it('fills an entry to the last line', () => {
    const entries = Array.from({ length: 8 }, () => entry(10));
    expect(shape(packAll(limits, entries))).toEqual([[3, 3], [2]]);
  });

  it('fills an entry to the last byte', () => {
    expect(shape(packAll(limits, [entry(50), entry(50), entry(1)]))).toEqual([[2, 1]]);
    expect(shape(packAll(limits, [entry(50), entry(51), entry(1)]))).toEqual([[1, 2]]);
  });

  it('keeps within the bytes of a request', () => {
    const entries = Array.from({ length: 6 }, () => entry(30));
    expect(shape(packAll({ ...limits, maxRequestBytes: 130 }, entries))).toEqual([[3, 1], [2]]);
    expect(shape(packAll({ ...limits, maxRequestBytes: 80 }, entries))).toEqual([[2], [2], [2]]);
  });

  it('counts what the service adds once for each entry, not for each line', () => {
    const entries = Array.from({ length: 6 }, () => entry(10));
    const exact = { ...limits, maxRequestBytes: 80, entryOverheadBytes: 10 };
    expect(shape(packAll(exact, entries))).toEqual([[3, 3]]);
  });
});

describe('where an entry begins a request', () => {
  const limits = { maxEntries: 10, maxRequestBytes: 100, maxEntryBytes: 100, maxSpanMillis: 1000 };

  it('it is told what the one before has: nothing for the first', () => {
    const packer = new RequestPacker(limits, combine);
    expect(packer.bytesBefore(10, 0)).toBe(0);
    packer.add(entry(60));
    expect(packer.bytesBefore(41, 0)).toBe(60);
    expect(packer.bytesBefore(10, 1000)).toBe(60);
    packer.takeOldest();
    expect(packer.bytesBefore(10, 0)).toBe(60);
  });

  it('and nothing is told where it goes into one that is open', () => {
    const packer = new RequestPacker(limits, combine);
    packer.add(entry(60));
    expect(packer.bytesBefore(40, 999)).toBeUndefined();
  });

  it('whichever of several open ones that is', () => {
    const packer = new RequestPacker(limits, combine);
    packer.add(entry(60, 0));
    packer.add(entry(20, 5000));
    expect(packer.bytesBefore(10, 500)).toBeUndefined();
    expect(packer.bytesBefore(50, 500)).toBe(60);
    expect(packer.bytesBefore(10, 9000)).toBe(20);
  });
});

describe('where lines begin an entry', () => {
  const aggregate = { maxLines: 3, maxBytes: 60 };
  const limits = { maxEntries: 2, maxEntryBytes: 60, maxRequestBytes: 1000, aggregate };

  it('it is told what the one before has, also that of the last request', () => {
    const packer = new RequestPacker(limits, combine);
    expect(packer.lineBytesBefore(10, 0)).toBeUndefined();
    for (let count = 0; count < 3; count += 1) packer.add(entry(10));
    expect(packer.lineBytesBefore(10, 0)).toBe(30);
    packer.add(entry(25));
    expect(packer.lineBytesBefore(40, 0)).toBe(25);
    packer.takeOldest();
    expect(packer.lineBytesBefore(10, 0)).toBe(25);
  });

  it('and nothing where one more goes into that', () => {
    const packer = new RequestPacker(limits, combine);
    packer.add(entry(10));
    expect(packer.lineBytesBefore(50, 0)).toBeUndefined();
  });

  it('nor where lines become no entry', () => {
    const packer = new RequestPacker(
      { maxEntries: 2, maxEntryBytes: 60, maxRequestBytes: 1000 },
      combine,
    );
    packer.add(entry(10));
    expect(packer.lineBytesBefore(10, 0)).toBeUndefined();
    packer.takeOldest();
    expect(packer.lineBytesBefore(10, 0)).toBeUndefined();
  });
});

describe('the entry that came last', () => {
  const limits = { maxEntries: 2, maxEntryBytes: 60, maxRequestBytes: 1000 };

  it('is the line that came last where lines become one entry', () => {
    const aggregate = { maxLines: 3, maxBytes: 60 };
    const packer = new RequestPacker({ ...limits, aggregate }, combine);
    packer.add(entry(10));
    const last = entry(10);
    packer.add(last);
    expect(packer.lastEntry).toBe(last);
  });

  it('is known no more when its request is closed', () => {
    const packer = new RequestPacker(limits, combine);
    packer.add(entry(10));
    packer.takeOldest();
    expect(packer.lastEntry).toBeUndefined();
  });

  it('is known still when another request is closed', () => {
    const packer = new RequestPacker({ ...limits, maxSpanMillis: DAY_MILLIS }, combine);
    packer.add(entry(10, 0));
    const last = entry(10, 2 * DAY_MILLIS);
    packer.add(last);
    packer.takeOldest();
    expect(packer.lastEntry?.sequence).toBe(last.sequence);
  });
});
