import { expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/index.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord } from '../encode/support/records.ts';

/** Bytes without meaning, and a record behind them. */
function decoded(unit: Buffer, encoding: 'json' | 'msgpack') {
  const record = Buffer.from(createEncoder(encoding).encode(makeRecord()) as Uint8Array);
  const between = encoding === 'json' ? '\n' : '';
  const bytes = Buffer.concat([Buffer.alloc(400_000, unit), Buffer.from(between), record]);
  let errors = 0;
  const records = decodeLogRecords(bytes, {
    encoding,
    onError: () => {
      errors += 1;
    },
  });
  return { records, errors };
}

it.each(['}{"', '{x}\n', '{"a":x}', '{"a":1,}'])(
  'much of %j tells no error for every few bytes, and the record behind it is there',
  (text) => {
    const { errors, records } = decoded(Buffer.from(text), 'json');
    expect(errors).toBeLessThanOrEqual(1_000);
    expect(records.at(-1)?.body).toBe('hello');
  },
);

it('much damaged MessagePack tells no error for every few bytes, and the record behind it is there', () => {
  const { errors, records } = decoded(Buffer.from('81a974696d657374616d70c1', 'hex'), 'msgpack');
  expect(errors).toBeLessThanOrEqual(1_000);
  expect(records.map(({ body }) => body)).toEqual(['hello']);
});

it('objects that follow much garbage in the same line are read', () => {
  const record = Buffer.from(createEncoder('json').encode(makeRecord()) as Uint8Array);
  const bytes = Buffer.concat([Buffer.alloc(99_999, '{x}'), record]);
  const records = decodeLogRecords(bytes, { encoding: 'json', onError: () => {} });
  expect(records.map(({ body }) => body)).toEqual(['hello']);
});
