import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ByteTurns } from '../../../src/destinations/aws/byte-turns.ts';
import { gapBehindRecord, recordsBody } from '../../../src/destinations/firehose/records-body.ts';
import { RecordEntry } from '../../../src/exporter/record-entry.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';
import { ByteSlabs } from '../../../src/pack/byte-slabs.ts';
import type { PackedEntry } from '../../../src/pack/packed-entry.ts';

const CONTENT = { recordCount: 1, tickets: undefined, splits: undefined };
const TIMES = { timeMillis: 1, acceptedAtMillis: 1, packedAtMillis: 1 };
const LEFT_OVER = 0xee;

/** Entries as the packer makes them of records, in memory that was used before. */
function entriesOf(records: readonly Uint8Array[]): RecordEntry[] {
  const source = { take: (bytes: number) => Buffer.alloc(bytes, LEFT_OVER), giveBack() {} };
  const slabs = new ByteSlabs(source, undefined, gapBehindRecord);
  const entries: RecordEntry[] = [];
  records.forEach((bytes, index) => {
    const { length, length: byteCount } = bytes;
    const growing = entries.at(-1);
    const size = { length, byteCount, frame: undefined };
    const fits = slabs.used + length <= slabs.memory.length;
    if (fits) slabs.memory.set(bytes, slabs.used);
    if (fits && growing?.isFollowedByRecord(size, slabs, index + 1)) {
      slabs.extend(length);
      growing.grow(size, TIMES.timeMillis);
    } else entries.push(new RecordEntry(slabs.store(bytes), CONTENT, TIMES, index + 1));
  });
  return entries;
}

async function textOf(
  entries: readonly PackedEntry[],
  buffers: ReusedMemory = new ReusedMemory(1_000_000),
): Promise<string> {
  const turns = new ByteTurns(new AbortController().signal, 0, () => Promise.resolve(0));
  const body = await recordsBody('my "stream"', entries, buffers, turns);
  return Buffer.from(body.bytes()).toString('latin1');
}

function expectedText(records: readonly Uint8Array[]): string {
  const Records = records.map((bytes) => ({ Data: Buffer.from(bytes).toString('base64') }));
  return JSON.stringify({ DeliveryStreamName: 'my "stream"', Records });
}

describe('the body of a PutRecordBatch call', () => {
  it('is what the SDK would make of the records, wherever they lie', async () => {
    const record = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.uint8Array({ minLength: 100, maxLength: 5000 }),
      fc.uint8Array({ minLength: 9000, maxLength: 9000 }),
    );
    const law = fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 60, size: 'max' }),
      async (records) => {
        expect(await textOf(entriesOf(records))).toBe(expectedText(records));
      },
    );
    await fc.assert(law);
  });

  it.each([0, 1, 2, 3])(
    'holds records of 3n + %i bytes that lie one after the other',
    async (rest) => {
      const records = Array.from({ length: 50 }, (_, index) => Buffer.alloc(999 + rest, index));
      const entries = entriesOf(records);
      expect(entries.some(({ entryCount }) => entryCount > 10)).toBe(true);
      expect(await textOf(entries)).toBe(expectedText(records));
    },
  );

  it.each([0, 1, 30, 1000])('has its memory once, for 500 records of %i bytes', async (bytes) => {
    const buffers = new ReusedMemory(1_000_000);
    const take = vi.spyOn(buffers, 'take');
    await textOf(entriesOf(Array.from({ length: 500 }, () => Buffer.alloc(bytes))), buffers);
    expect(take).toHaveBeenCalledTimes(1);
  });

  it('holds records that have memory of their own beside those that share it', async () => {
    const records = [Buffer.from('one'), Buffer.from('four'), Buffer.from('')];
    const alone = { bytes: Buffer.from('alone'), recordCount: 1, timeMillis: 1, sequence: 9 };
    const text = await textOf([alone, ...entriesOf(records), alone]);
    expect(text).toBe(expectedText([alone.bytes, ...records, alone.bytes]));
  });

  it('holds records that lie one after the other without gaps', async () => {
    const memory = Buffer.from('onetwothree');
    const place = { memory, start: 0, roomLength: 0, slab: undefined, frame: undefined };
    const size = { length: 3, byteCount: 3 };
    const entry = new RecordEntry({ ...place, ...size, gapBehind: undefined }, CONTENT, TIMES, 1);
    entry.grow(size, 1);
    entry.grow({ length: 5, byteCount: 5 }, 1);
    expect(await textOf([entry])).toBe(
      expectedText(['one', 'two', 'three'].map((x) => Buffer.from(x))),
    );
  });
});
