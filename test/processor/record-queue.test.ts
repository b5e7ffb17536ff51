import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordQueue } from '../../src/processor/record-queue.ts';
import { createLogRecord } from '../../src/testing/index.ts';

const records = Array.from({ length: 3_000 }, (_, index) => createLogRecord({ body: index }));

describe('the queue of records', () => {
  it('hands out what was added and not removed, in order, however the removed ones were ordered', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 2_000 }) }) },
      { weight: 4, arbitrary: fc.record({ removeFirst: fc.integer({ min: 0, max: 2_500 }) }) },
      { weight: 1, arbitrary: fc.record({ removeAnyOf: fc.integer({ min: 1, max: 5 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const queue = new RecordQueue();
        let model: (typeof records)[number][] = [];
        let added = 0;
        for (const one of steps) {
          if ('add' in one) {
            // Starts again from the first record now and then: the same object may be in it twice.
            for (let count = 0; count < one.add; count += 1) {
              const record = records[added % records.length];
              if (record === undefined) continue;
              queue.add(record);
              model.push(record);
              added += 1;
            }
          } else if ('removeFirst' in one) {
            const leaving = model.slice(0, one.removeFirst);
            expect(queue.remove(leaving)).toBe(leaving.length);
            model = model.slice(one.removeFirst);
          } else {
            const leaving = model.filter((_, index) => index % one.removeAnyOf === 0).reverse();
            for (const record of leaving) model.splice(model.indexOf(record), 1);
            expect(queue.remove(leaving)).toBe(leaving.length);
          }
          expect(queue.size).toBe(model.length);
        }
        expect(queue.takeAll()).toEqual(model);
        expect(queue.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('counts only what it held', () => {
    const queue = new RecordQueue();
    queue.add(createLogRecord());
    expect(queue.remove([createLogRecord()])).toBe(0);
    expect(queue.size).toBe(1);
  });
});
