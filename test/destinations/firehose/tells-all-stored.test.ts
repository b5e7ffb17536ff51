import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellsAllStored } from '../../../src/destinations/firehose/tells-all-stored.ts';

const id = fc.base64String({ minLength: 4, maxLength: 300 });
const failed = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };

function says(answer: unknown, recordCount: number): boolean {
  return tellsAllStored(Buffer.from(JSON.stringify(answer)), recordCount);
}

describe('an answer of Firehose that is not parsed', () => {
  it('has an id for each record, with or without what it says of encryption', () => {
    fc.assert(
      fc.property(
        fc.array(id, { minLength: 1, maxLength: 50 }),
        fc.constantFrom({}, { Encrypted: true }, { Encrypted: false }),
        (ids, encrypted) => {
          const RequestResponses = ids.map((RecordId) => ({ RecordId }));
          const answer = { FailedPutCount: 0, ...encrypted, RequestResponses };
          expect(says(answer, ids.length)).toBe(true);
          expect(says(answer, ids.length + 1)).toBe(false);
          expect(says(answer, ids.length - 1)).toBe(false);
        },
      ),
    );
  });

  it.each([
    [
      'a failure that is not counted',
      { FailedPutCount: 0, RequestResponses: [{ RecordId: 'a' }, failed] },
    ],
    ['a counted failure', { FailedPutCount: 1, RequestResponses: [{ RecordId: 'a' }, failed] }],
    [
      'ten counted failures',
      { FailedPutCount: 10, RequestResponses: [{ RecordId: 'a' }, { RecordId: 'b' }] },
    ],
    [
      'an id and an error',
      { FailedPutCount: 0, RequestResponses: [{ RecordId: 'a' }, { RecordId: 'b', ...failed }] },
    ],
    ['an empty id', { FailedPutCount: 0, RequestResponses: [{ RecordId: 'a' }, { RecordId: '' }] }],
    [
      'an id with an escape',
      { FailedPutCount: 0, RequestResponses: [{ RecordId: 'a' }, { RecordId: 'b\\' }] },
    ],
    [
      'another member',
      { FailedPutCount: 0, RequestResponses: [{ RecordId: 'a' }, { RecordId: 'b' }], More: 1 },
    ],
    ['no list', { FailedPutCount: 0 }],
    ['an empty list', { FailedPutCount: 0, RequestResponses: [] }],
  ])('has not %s', (_, answer) => {
    expect(says(answer, 2)).toBe(false);
  });

  it('says the same when it is parsed, whatever became of its bytes', () => {
    const answer = JSON.stringify({
      FailedPutCount: 0,
      Encrypted: false,
      RequestResponses: [{ RecordId: 'first' }, { RecordId: 'second' }],
    });
    const piece = fc.constantFrom(
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '1',
      'x',
      '\\',
      failed.ErrorCode,
    );
    fc.assert(
      fc.property(fc.nat(answer.length), fc.nat(12), piece, (start, removed, added) => {
        const text = answer.slice(0, start) + added + answer.slice(start + removed);
        if (!tellsAllStored(Buffer.from(text), 2)) return;
        expect(JSON.parse(text)).toMatchObject({
          FailedPutCount: 0,
          RequestResponses: [{ RecordId: expect.any(String) }, { RecordId: expect.any(String) }],
        });
        expect(text).not.toContain('"ErrorCode"');
      }),
      { numRuns: 3000 },
    );
  });
});
