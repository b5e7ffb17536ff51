import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
import type { PackedEntry } from '../../src/pack/packed-entry.ts';
import { RequestPacker } from '../../src/pack/request-packer.ts';

interface Combined extends PackedEntry {
  readonly lines: readonly Combined[];
}

const limitsAndEntries = fc
  .record({
    maxEntries: fc.integer({ min: 1, max: 12 }),
    maxEntryBytes: fc.integer({ min: 1, max: 60 }),
    spareBytes: fc.nat(200),
    entryOverheadBytes: fc.option(fc.nat(30), { nil: undefined }),
    maxSpanMillis: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
    maxLines: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  })
  .chain(({ entryOverheadBytes, maxLines, maxSpanMillis, spareBytes, ...counts }) => {
    const limits: PackLimits = {
      ...counts,
      maxRequestBytes: counts.maxEntryBytes + (entryOverheadBytes ?? 0) + spareBytes,
      ...(entryOverheadBytes === undefined ? {} : { entryOverheadBytes }),
      ...(maxSpanMillis === undefined ? {} : { maxSpanMillis }),
      ...(maxLines === undefined
        ? {}
        : { aggregate: { maxLines, maxBytes: counts.maxEntryBytes } }),
    };
    return fc.record({
      limits: fc.constant(limits),
      entries: fc.array(
        fc.record({ bytes: fc.nat(counts.maxEntryBytes), timeMillis: fc.nat(5000) }),
        { maxLength: 120 },
      ),
    });
  });

function combine(lines: readonly Combined[]): Combined {
  const [first] = lines;
  if (first === undefined) throw new Error('There is no entry of no lines');
  return { ...first, bytes: Buffer.concat(lines.map((line) => line.bytes)), lines };
}

type Sample = typeof limitsAndEntries extends fc.Arbitrary<infer S> ? S : never;

function pack({ entries, limits }: Sample): Combined[][] {
  const packer = new RequestPacker<Combined>(limits, combine);
  const requests: Combined[][] = [];
  entries.forEach(({ bytes, timeMillis }, sequence) => {
    const closed = packer.add({
      bytes: Buffer.alloc(bytes),
      recordCount: 1,
      timeMillis,
      sequence,
      lines: [],
    });
    if (closed !== undefined) requests.push(closed);
  });
  for (let rest = packer.takeOldest(); rest !== undefined; rest = packer.takeOldest()) {
    requests.push(rest);
  }
  return requests;
}

it('no request is over any limit', () => {
  fc.assert(
    fc.property(limitsAndEntries, (sample) => {
      const { aggregate, entryOverheadBytes = 0, maxSpanMillis, ...limits } = sample.limits;
      for (const request of pack(sample)) {
        const lines = request.flatMap((entry) => entry.lines);
        const times = lines.map((line) => line.timeMillis);
        const bytes = request.reduce((sum, e) => sum + e.bytes.length + entryOverheadBytes, 0);
        expect(request.length).toBeGreaterThan(0);
        expect(request.length).toBeLessThanOrEqual(limits.maxEntries);
        expect(bytes).toBeLessThanOrEqual(limits.maxRequestBytes);
        for (const entry of request) {
          expect(entry.bytes.length).toBeLessThanOrEqual(limits.maxEntryBytes);
          expect(entry.lines.length).toBeLessThanOrEqual(aggregate?.maxLines ?? 1);
        }
        if (maxSpanMillis !== undefined) {
          expect(Math.max(...times) - Math.min(...times)).toBeLessThan(maxSpanMillis);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('every entry is in exactly one request, in the order of its request', () => {
  fc.assert(
    fc.property(limitsAndEntries, (sample) => {
      const requests = pack(sample).map((request) =>
        request.flatMap((entry) => entry.lines.map((line) => line.sequence)),
      );
      for (const sequences of requests) {
        expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
      }
      const packed = requests.flat().sort((a, b) => a - b);
      expect(packed).toEqual(sample.entries.map((_, index) => index));
    }),
    { numRuns: 500 },
  );
});

it('without a bound on time the order is kept over all requests', () => {
  fc.assert(
    fc.property(limitsAndEntries, ({ entries, limits: { maxSpanMillis: _, ...limits } }) => {
      const packed = pack({ entries, limits }).flatMap((request) =>
        request.flatMap((entry) => entry.lines.map((line) => line.sequence)),
      );
      expect(packed).toEqual(entries.map((_entry, index) => index));
    }),
    { numRuns: 500 },
  );
});

/** Takes in those that come behind it, as long as the packer lets it. */
class Growing implements PackedEntry {
  readonly bytes: Uint8Array;
  readonly recordCount = 1;
  readonly timeMillis: number;
  readonly sequence: number;
  readonly taken: {
    readonly bytes: number;
    readonly timeMillis: number;
    readonly sequence: number;
  }[];

  constructor(bytes: number, timeMillis: number, sequence: number) {
    this.bytes = Buffer.alloc(bytes);
    this.timeMillis = timeMillis;
    this.sequence = sequence;
    this.taken = [{ bytes, timeMillis, sequence }];
  }
}

type Grown = Growing['taken'];

/** Requests as lists of the service's entries, each a list of lines. */
function packGrowing({ entries, limits }: Sample): Grown[][] {
  const lineLists = new Map<Growing, Growing[]>();
  const packer = new RequestPacker<Growing>(limits, (lines) => {
    const [first] = lines;
    if (first === undefined) throw new Error('There is no entry of no lines');
    lineLists.set(first, [...lines]);
    return first;
  });
  const requests: Growing[][] = [];
  let last: Growing | undefined;
  entries.forEach(({ bytes, timeMillis }, sequence) => {
    if (last !== undefined && packer.extend(last, bytes, timeMillis)) {
      last.taken.push({ bytes, timeMillis, sequence });
      return;
    }
    last = new Growing(bytes, timeMillis, sequence);
    const closed = packer.add(last);
    if (closed !== undefined) requests.push(closed);
  });
  for (let rest = packer.takeOldest(); rest !== undefined; rest = packer.takeOldest()) {
    requests.push(rest);
  }
  const isAggregated = limits.aggregate !== undefined;
  return requests.map((request) =>
    request.flatMap((entry) => {
      const lines = (lineLists.get(entry) ?? [entry]).flatMap(({ taken }) => taken);
      return isAggregated ? [lines] : lines.map((line) => [line]);
    }),
  );
}

it('no limit is passed by entries that grow, and none of what they took in is lost or out of order', () => {
  fc.assert(
    fc.property(limitsAndEntries, (sample) => {
      const { aggregate, entryOverheadBytes = 0, maxSpanMillis, ...limits } = sample.limits;
      const requests = packGrowing(sample);
      for (const request of requests) {
        const sizes = request.map((lines) => lines.reduce((sum, { bytes }) => sum + bytes, 0));
        const total = sizes.reduce((sum, size) => sum + size + entryOverheadBytes, 0);
        expect(request.length).toBeLessThanOrEqual(limits.maxEntries);
        expect(total).toBeLessThanOrEqual(limits.maxRequestBytes);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.maxEntryBytes);
        for (const lines of request) {
          expect(lines.length).toBeLessThanOrEqual(aggregate?.maxLines ?? 1);
        }
        const times = request.flat().map(({ timeMillis }) => timeMillis);
        if (maxSpanMillis !== undefined) {
          expect(Math.max(...times) - Math.min(...times)).toBeLessThan(maxSpanMillis);
        }
        const sequences = request.flat().map(({ sequence }) => sequence);
        expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
      }
      const packed = requests.flat(2).map(({ sequence }) => sequence);
      expect(packed.sort((a, b) => a - b)).toEqual(sample.entries.map((_, index) => index));
    }),
    { numRuns: 500 },
  );
});

it('the entry with which a request is full comes by itself, so that the request closes at once', () => {
  const limits = { maxEntries: 3, maxEntryBytes: 10, maxRequestBytes: 100 };
  const packer = new RequestPacker<Growing>(limits, ([entry]) => entry as Growing);
  const first = new Growing(1, 0, 0);
  expect(packer.add(first)).toBeUndefined();
  expect(packer.extend(first, 1, 0)).toBe(true);
  expect(packer.extend(first, 1, 0)).toBe(false);
  expect(packer.add(new Growing(1, 0, 2))).toHaveLength(2);
  expect(packer.extend(first, 1, 0)).toBe(false);
});

it('only the entry that came last takes in another one', () => {
  const limits = { maxEntries: 9, maxEntryBytes: 10, maxRequestBytes: 100 };
  const packer = new RequestPacker<Growing>(limits, ([entry]) => entry as Growing);
  const [first, last] = [new Growing(1, 0, 0), new Growing(1, 0, 1)];
  packer.add(first);
  packer.add(last);
  expect(packer.extend(first, 1, 0)).toBe(false);
  expect(packer.extend(last, 1, 0)).toBe(true);
});
