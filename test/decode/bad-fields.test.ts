import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/index.ts';

/** An object that throws when it is converted to a number. */
const NO_NUMBER = { toString: 1, valueOf: 1 };

const decode = (document: unknown): unknown => decodeLogRecords(JSON.stringify(document))[0];

describe('a record with one field that is no number', () => {
  it('is read when it is the size before it was cut', () => {
    const truncated = { fields: ['body'], original_bytes: NO_NUMBER };
    expect(decode({ body: 'kept', truncated })).toMatchObject({
      body: 'kept',
      truncated: { fields: ['body'], originalBytes: 0 },
    });
  });

  it('is read when it is the number among the records of a sender', () => {
    const record = decode({ body: 'kept', sequence: { id: 'sender', number: NO_NUMBER } });
    expect(record).toMatchObject({ body: 'kept' });
    expect(record).not.toHaveProperty('sequence');
  });

  it('is read when it is the flags of a trace', () => {
    const context = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16), trace_flags: NO_NUMBER };
    expect(decode({ body: 'kept', ...context })).toMatchObject({
      body: 'kept',
      spanContext: { traceFlags: 0 },
    });
  });
});

it('numbers of a note are read from decimal text', () => {
  const truncated = { fields: ['body'], original_bytes: '7' };
  const sequence = { id: 'sender', number: '12' };
  expect(decode({ body: 'kept', truncated, sequence })).toMatchObject({
    truncated: { originalBytes: 7 },
    sequence: { number: 12 },
  });
});

it('a note is read from the big integers of MessagePack', () => {
  const text = (value: string): number[] => [0xa0 + value.length, ...Buffer.from(value)];
  const seven = [0xcf, 0, 0, 0, 0, 0, 0, 0, 7];
  const note = [0x82, ...text('id'), ...text('sender'), ...text('number'), ...seven];
  const bytes = Buffer.from([0x81, ...text('sequence'), ...note]);
  expect(decodeLogRecords(bytes)).toMatchObject([{ sequence: { id: 'sender', number: 7 } }]);
});
