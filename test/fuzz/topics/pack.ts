import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PackedEntry } from '../../../src/pack/packed-entry.ts';
import { RequestPacker } from '../../../src/pack/request-packer.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';

interface Entry extends PackedEntry {
  readonly ids: readonly number[];
}

const sample = fc.record({
  maxEntries: fc.integer({ min: 1, max: 20 }),
  maxEntryBytes: fc.integer({ min: 1, max: 100 }),
  spareBytes: fc.nat(500),
  entryOverheadBytes: fc.nat(40),
  maxSpanMillis: fc.option(fc.integer({ min: 1, max: 1_000 })),
  maxLines: fc.option(fc.integer({ min: 1, max: 6 })),
  entries: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(5_000)), {
    maxLength: 200,
  }),
  takes: fc.array(fc.nat(199), { maxLength: 8 }),
});

export const packLaws: readonly FuzzLaw[] = [
  law(
    'every entry comes out once, in order within its request and within every limit',
    300,
    fc.property(
      sample,
      ({ entries, entryOverheadBytes, maxEntries, maxEntryBytes, maxLines, ...rest }) => {
        const maxRequestBytes = maxEntryBytes + entryOverheadBytes + rest.spareBytes;
        const packer = new RequestPacker<Entry>(
          {
            maxEntries,
            maxEntryBytes,
            entryOverheadBytes,
            maxRequestBytes,
            ...(rest.maxSpanMillis !== null && { maxSpanMillis: rest.maxSpanMillis }),
            ...(maxLines !== null && { aggregate: { maxLines, maxBytes: maxEntryBytes } }),
          },
          combine,
        );
        const requests: (readonly Entry[])[] = [];
        const take = (request: readonly Entry[] | undefined): void => {
          if (request !== undefined) requests.push(request);
        };
        for (const [id, [share, timeMillis]] of entries.entries()) {
          const bytes = Buffer.alloc(Math.floor(share * maxEntryBytes));
          take(packer.add({ bytes, recordCount: 1, timeMillis, sequence: id, ids: [id] }));
          if (rest.takes.includes(id)) take(packer.takeOldest());
        }
        for (let last = packer.takeOldest(); last !== undefined; last = packer.takeOldest()) {
          take(last);
        }
        const given = entries.map((_, id) => id);
        assert.deepEqual(requests.flatMap(idsOf).sort(byNumber), given);
        if (rest.maxSpanMillis === null) assert.deepEqual(requests.flatMap(idsOf), given);
        for (const request of requests) {
          const bytes = request.reduce(
            (sum, one) => sum + one.bytes.length + entryOverheadBytes,
            0,
          );
          const times = idsOf(request).map((id) => entries[id]?.[1] ?? 0);
          assert.ok(request.length > 0 && request.length <= maxEntries);
          assert.ok(bytes <= maxRequestBytes);
          assert.ok(request.every((one) => one.bytes.length <= maxEntryBytes));
          assert.ok(request.every((one) => one.ids.length <= (maxLines ?? 1)));
          assert.deepEqual(idsOf(request), idsOf(request).sort(byNumber));
          if (rest.maxSpanMillis !== null) {
            assert.ok(Math.max(...times) - Math.min(...times) < rest.maxSpanMillis);
          }
        }
      },
    ),
  ),
];

function combine(lines: readonly Entry[]): Entry {
  const [first] = lines;
  assert.ok(first);
  return {
    ...first,
    bytes: Buffer.concat(lines.map(({ bytes }) => bytes)),
    ids: lines.flatMap(({ ids }) => ids),
  };
}

function idsOf(request: readonly Entry[]): number[] {
  return request.flatMap(({ ids }) => ids);
}

function byNumber(one: number, other: number): number {
  return one - other;
}
