import fc from 'fast-check';
import { expect, it } from 'vitest';
import { journalLine, readJournal } from '../../src/spool/journal.ts';

const line = fc.record({
  indexes: fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 20 }),
  recordCount: fc.nat(1000),
});

it('lines give back what they were made of, whatever is torn off or written between them', () => {
  fc.assert(
    fc.property(line, line, fc.string(), (one, other, junk) => {
      fc.pre(one.indexes.every((index) => !other.indexes.includes(index)));
      const lines = [one, other].map(({ indexes, recordCount }) =>
        journalLine('file', indexes, recordCount),
      );
      expect(readJournal('file', lines.join(junk))).toEqual({
        indexes: new Set([...one.indexes, ...other.indexes]),
        recordCount: one.recordCount + other.recordCount,
      });
    }),
  );
});

it('a line that stands there twice counts once', () => {
  const text = journalLine('file', [1, 2], 7);
  expect(readJournal('file', text + text)).toEqual({ indexes: new Set([1, 2]), recordCount: 7 });
});

it('a line of another file says nothing', () => {
  expect(readJournal('file', journalLine('other', [1], 1)).indexes).toEqual(new Set());
});

it('a line that is torn off says nothing', () => {
  const text = journalLine('file', [1, 2], 7);
  for (let length = 0; length < text.length - 1; length += 1) {
    expect(readJournal('file', text.slice(0, length)).indexes).toEqual(new Set());
  }
});
