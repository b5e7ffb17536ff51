import { expect, it } from 'vitest';
import { LoadedFile } from '../../src/exporter/loaded-file.ts';
import { type RecordFate, SplitRecord } from '../../src/exporter/split-record.ts';

const delivered: RecordFate = { status: 'delivered' };
const dropped: RecordFate = { status: 'dropped', reason: 'rejected', error: new Error('no') };

/** A record of so many parts in one file, with what is told of it. */
function split(partCount: number, inMemory = partCount) {
  const fates: RecordFate[] = [];
  const told = { fates, left: 0, decided: [] as number[], isUnloaded: false };
  const file = new LoadedFile(inMemory, Number.POSITIVE_INFINITY, {
    decide: (indexes) => told.decided.push(...indexes),
    parted: () => {},
    unload: () => {
      told.isUnloaded = true;
    },
    left: () => {},
  });
  const record = new SplitRecord(partCount, {
    decided: (fate) => fates.push(fate),
    leftToDisk: () => {
      told.left += 1;
    },
  });
  const place = (index: number) => ({ file, index, isCounted: index === partCount - 1 });
  return { told, record, place };
}

it('a record is decided when its last part is, in whatever order they come', () => {
  const { record, told } = split(3);
  record.decidePart(delivered);
  record.decidePart(delivered);
  expect(told.fates).toEqual([]);
  record.decidePart(delivered);
  expect(told.fates).toEqual([delivered]);
});

it('a record of which one part is dropped is dropped, whatever becomes of the others', () => {
  const { record, told } = split(3);
  record.decidePart(delivered);
  record.decidePart(dropped);
  record.decidePart(delivered);
  expect(told.fates).toEqual([dropped]);
});

it('the disk forgets a delivered part at once', async () => {
  const { place, record, told } = split(3);
  record.decidePart(delivered, place(1));
  await Promise.resolve();
  expect(told.decided).toEqual([1]);
});

it('the part that counts for the record, and those that are dropped, stay on disk until all are decided', async () => {
  const { place, record, told } = split(3);
  record.decidePart(delivered, place(2));
  record.decidePart(dropped, place(0));
  await Promise.resolve();
  expect(told.decided).toEqual([]);
  record.decidePart(delivered, place(1));
  await Promise.resolve();
  expect(told.decided.sort()).toEqual([0, 1, 2]);
  expect(told.fates).toEqual([dropped]);
});

it('a record of which a part was left to the disk is not decided, and leaves what counts for it there', async () => {
  const { place, record, told } = split(3);
  record.decidePart(delivered, place(2));
  record.decidePart(dropped, place(0));
  record.leavePart(place(1), new Error('The target fails'));
  await Promise.resolve();
  expect(told).toEqual({ fates: [], left: 1, decided: [], isUnloaded: true });
});

it('who waits for a record hears once that its parts were left to the disk', () => {
  const { place, record, told } = split(2);
  record.leavePart(place(0), new Error('The target fails'));
  record.leavePart(place(1), new Error('The target fails'));
  expect(told.left).toBe(1);
});
