import { describe, expect, it } from 'vitest';
import { checkedOutcome } from '../../src/send/checked-outcome.ts';
import { compactEntries } from '../../src/send/compact-entries.ts';
import type { QueuedEntry } from '../../src/send/outbound-request.ts';
import { partitionOutcome } from '../../src/send/partition-outcome.ts';

const entries: readonly QueuedEntry[] = ['a', 'b', 'c', 'd'].map((text, index) => ({
  bytes: Buffer.from(text),
  recordCount: 1,
  timeMillis: 1000 + index,
  sequence: index,
  acceptedAtMillis: 5,
  packedAtMillis: 5,
}));

const sequencesOf = (list: readonly QueuedEntry[]): number[] => list.map((e) => e.sequence);

describe('the outcome of a request that the service took apart', () => {
  it('sorts the entries by what was said of each, in their order', () => {
    const sorted = partitionOutcome(entries, [
      { status: 'retryable', error: new Error('busy') },
      { status: 'delivered' },
      { status: 'rejected', reason: 'too_old', error: new Error('old') },
      { status: 'retryable', error: new Error('other') },
    ]);
    expect(sequencesOf(sorted.delivered)).toEqual([1]);
    expect(sequencesOf(sorted.retryable)).toEqual([0, 3]);
    expect(sorted.error.message).toBe('busy');
    expect(sorted.rejected).toMatchObject([{ reason: 'too_old', error: { message: 'old' } }]);
  });

  it('groups the refused entries by reason, each with its first error', () => {
    const { rejected } = partitionOutcome(entries, [
      { status: 'rejected', reason: 'too_old' },
      { status: 'rejected', reason: 'too_new', error: new Error('new') },
      { status: 'rejected', reason: 'too_old', error: new Error('second') },
      { status: 'delivered' },
    ]);
    expect(rejected.map((part) => [part.reason, sequencesOf(part.entries)])).toEqual([
      ['too_old', [0, 2]],
      ['too_new', [1]],
    ]);
    expect(rejected[0]?.error.message).toBe('Refused by the service: too_old');
  });

  it('sends those again of which nothing was said, when the answer is too short', () => {
    const sorted = partitionOutcome(entries, [{ status: 'delivered' }]);
    expect(sequencesOf(sorted.retryable)).toEqual([1, 2, 3]);
    expect(sorted.error.message).toMatch(/did not say/u);
  });

  it('does not heed what was said of entries that do not exist', () => {
    const sorted = partitionOutcome(
      entries.slice(0, 1),
      entries.map(() => ({ status: 'delivered' }) as const),
    );
    expect(sequencesOf(sorted.delivered)).toEqual([0]);
    expect(sorted.retryable).toEqual([]);
  });

  it('gives the entry the time under which it is to be sent again', () => {
    const sorted = partitionOutcome(entries.slice(0, 2), [
      { status: 'retryable', restampMillis: 77 },
      { status: 'retryable' },
    ]);
    expect(sorted.retryable.map((entry) => entry.restampedMillis)).toEqual([77, undefined]);
    expect(sorted.retryable[0]?.timeMillis).toBe(1000);
  });
});

describe('entries that are sent again', () => {
  it('move to memory of their own, bytes unchanged', () => {
    const big = Buffer.alloc(1_000_000, 'x');
    const small = entries.map((entry, index) => ({
      ...entry,
      bytes: big.subarray(index * 10, index * 10 + 5),
    }));
    const compacted = compactEntries(small);
    expect(compacted.map((entry) => Buffer.from(entry.bytes).toString())).toEqual(
      small.map(() => 'xxxxx'),
    );
    expect(compacted.every((entry) => entry.bytes.buffer.byteLength === 20)).toBe(true);
    expect(compacted.map((entry) => entry.sequence)).toEqual([0, 1, 2, 3]);
  });
});

describe('an answer for single entries', () => {
  it('keeps what is well formed and takes the rest as retryable', () => {
    const error = new Error('e');
    const answer = checkedOutcome({
      status: 'partial',
      retryAfterMillis: 12,
      entries: [
        { status: 'delivered', more: 1 },
        { status: 'rejected', reason: 'expired', error },
        { status: 'rejected', reason: 'no reason', error: 'text' },
        { status: 'rejected', reason: 'too_large', maxEntryBytes: 100 },
        { status: 'retryable', restampMillis: 5, error },
        { status: 'retryable', restampMillis: 'soon' },
        null,
        'delivered',
      ],
    });
    expect(answer).toEqual({
      status: 'partial',
      retryAfterMillis: 12,
      entries: [
        { status: 'delivered' },
        { status: 'rejected', reason: 'expired', error },
        { status: 'rejected', reason: 'rejected', error: new Error('The sender named no error') },
        { status: 'rejected', reason: 'too_large', maxEntryBytes: 100 },
        { status: 'retryable', restampMillis: 5, error },
        { status: 'retryable' },
        { status: 'retryable' },
        { status: 'retryable' },
      ],
    });
  });
});
