import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  formatFileName,
  isJournalName,
  isTemporaryName,
  journalName,
  MAX_FILE_BYTES,
  nameableMillis,
  parseFileName,
  temporaryName,
} from '../../src/spool/file-name.ts';

const millis = fc.double().map(nameableMillis);
const facts = fc.record({
  createdAtMillis: millis,
  sequence: fc.nat(),
  recordCount: fc.nat(),
  byteSize: fc.nat(MAX_FILE_BYTES),
  firstTimeMillis: millis,
  lastTimeMillis: millis,
  targetId: fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'),
    minLength: 16,
    maxLength: 16,
  }),
});

it('a name gives back what it was made of', () => {
  fc.assert(
    fc.property(facts, (some) => {
      const name = formatFileName(some);
      expect(parseFileName(name)).toEqual(some);
      expect([journalName(name), temporaryName(name)].map(parseFileName)).toEqual([
        undefined,
        undefined,
      ]);
      expect([isJournalName(journalName(name)), isTemporaryName(temporaryName(name))]).toEqual([
        true,
        true,
      ]);
    }),
  );
});

it('names sort as the files came', () => {
  fc.assert(
    fc.property(facts, facts, (one, other) => {
      const before =
        one.createdAtMillis < other.createdAtMillis ||
        (one.createdAtMillis === other.createdAtMillis && one.sequence < other.sequence);
      if (before) expect(formatFileName(one) < formatFileName(other)).toBe(true);
    }),
  );
});

it.for([
  '',
  'lock',
  '../0001767323046000-0000000001-1-94-1000-1000-2cc3efda2ccca90d.spool',
  '0001767323046000-0000000001-1-94-1000-1000-2cc3efda2ccca90d.spool\n',
  '0001767323046000-0000000001-1-94-1000-1000-2CC3EFDA2CCCA90D.spool',
  '0001767323046000-0000000001-1--94-1000-1000-2cc3efda2ccca90d.spool',
  '0001767323046000-0000000001-1-999999999-1000-1000-2cc3efda2ccca90d.spool',
  '9999999999999999-0000000001-1-94-1000-1000-2cc3efda2ccca90d.spool',
])('%j is no name of ours', (name) => {
  expect(parseFileName(name)).toBeUndefined();
});
