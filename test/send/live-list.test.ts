import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveList } from '../../src/send/live-list.ts';

describe('LiveList', () => {
  it('holds what was added and not deleted, like a set', () => {
    const change = fc.record({ isAdded: fc.boolean(), member: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const list = new LiveList<number>();
        const set = new Set<number>();
        for (const { isAdded, member } of changes) {
          if (!isAdded) expect(list.delete(member)).toBe(set.delete(member));
          else if (!set.has(member)) {
            list.add(member);
            set.add(member);
          }
          expect(list.size).toBe(set.size);
          expect([...list].sort()).toEqual([...set].sort());
        }
      }),
    );
  });

  it('is empty when it was cleared', () => {
    const list = new LiveList<string>();
    list.add('one');
    list.clear();
    expect([...list]).toEqual([]);
    expect(list.delete('one')).toBe(false);
  });
});
