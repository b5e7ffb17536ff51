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
