import { expect, it } from 'vitest';
import type { LostRecords } from '../../src/exporter/record-accounts.ts';
import { SplitRecord } from '../../src/exporter/split-record.ts';
import { regroupParts, toSpoolEntries } from '../../src/exporter/stored-parts.ts';
import { cpuMillis } from '../support/cpu-millis.ts';

const target = { key: 'target', names: {} };
const whole = { bytes: Buffer.from('ab'), recordCount: 1, timeMillis: 5, lastTimeMillis: 5 };

function loadedPart(place: number, index: number, count: number) {
  const recordCount = index === count - 1 ? 1 : 0;
  return { ...whole, index: place, recordCount, part: { index, count } };
}

/** Makes records, and notes of how many parts. */
class NotingAccounts {
  readonly made: { readonly partCount: number; readonly lost: LostRecords }[] = [];

  split(partCount: number, lost: LostRecords): SplitRecord {
    this.made.push({ partCount, lost });
    return new SplitRecord(partCount, { decided: () => {} });
  }
}

it('parts from disk are one record again, of those that are still to be sent', () => {
  const accounts = new NotingAccounts();
  const entries = [
    { ...whole, index: 0 },
    loadedPart(2, 1, 3),
    loadedPart(3, 2, 3),
    loadedPart(4, 0, 2),
    loadedPart(5, 1, 2),
  ];
  const [alone, one, other, ...next] = regroupParts(entries, target, accounts);
  expect(alone).toEqual(entries[0]);
  expect(one?.splits).toBe(other?.splits);
  expect(next[0]?.splits).toBe(next[1]?.splits);
  expect([one, other, ...next].map((entry) => entry?.recordCount)).toEqual([0, 0, 0, 0]);
  expect(accounts.made.map(({ partCount }) => partCount)).toEqual([2, 2]);
});

it('of a record that is dropped it is known how large its rest was, and when it was made', () => {
  const accounts = new NotingAccounts();
  regroupParts([loadedPart(0, 0, 2), loadedPart(1, 1, 2)], target, accounts);
  expect(accounts.made[0]?.lost).toEqual({
    count: 1,
    bytes: 4,
    firstTimeMillis: 5,
    lastTimeMillis: 5,
    target: 'target',
  });
});

it('parts of a record that was counted already are sent, and count for none', () => {
  const accounts = new NotingAccounts();
  const entries = [loadedPart(0, 0, 3), loadedPart(1, 1, 3)];
  expect(regroupParts(entries, target, accounts)).toEqual(entries);
  expect(accounts.made).toEqual([]);
});

it('on disk the last part counts for its record', () => {
  const parts = [0, 1, 2].map((index) => ({ ...whole, recordCount: 0, part: { index, count: 3 } }));
  expect(toSpoolEntries([whole, ...parts]).map(({ recordCount }) => recordCount)).toEqual([
    1, 0, 0, 1,
  ]);
});

it('a record of very many parts costs little for each', () => {
  const entries = Array.from({ length: 100_000 }, (_, index) => loadedPart(index, index, 100_000));
  const accounts = new NotingAccounts();
  expect(cpuMillis(() => regroupParts(entries, target, accounts))).toBeLessThan(2000);
});
