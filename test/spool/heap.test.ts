import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Heap } from '../../src/spool/heap.ts';

it('the first is always the least of what was added and not yet removed', () => {
  const step = fc.option(fc.integer({ min: -50, max: 50 }), { nil: 'remove' as const });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const heap = new Heap<number>((one, other) => one < other);
      let model: number[] = [];
      for (const value of steps) {
        if (value === 'remove') {
          heap.removeFirst();
          model = model.slice(1);
        } else {
          heap.add(value);
          model = [...model, value].sort((one, other) => one - other);
        }
        expect(heap.first).toBe(model[0]);
      }
      expect([...heap.values()].sort((one, other) => one - other)).toEqual(model);
    }),
  );
});
