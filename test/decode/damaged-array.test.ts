import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { decodeLogRecords, decodeStream } from '../../src/decode/index.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';
import { makeRecord } from '../encode/support/records.ts';

const bodies = ['first', 'second, "{[', 'third', 'fourth'];

/** As `framing: 'array'` of HTTP has it. */
function arrayOf(encoding: EncodingName): { bytes: Buffer; start: number; end: number } {
  const encoder = createEncoder(encoding);
  const texts = bodies.map((body) =>
    Buffer.from(encoder.encode(makeRecord({ body, attributes: { list: [{ a: 1 }, { b: 2 }] } }))),
  );
  const [first, second] = texts.map(({ length }) => length);
  const start = 1 + Number(first) + 1;
  return { bytes: Buffer.from(`[${texts.join(',')}]`), start, end: start + Number(second) };
}

it.each<EncodingName>(['json', 'otlp-json', 'distlog-json'])(
  'a byte that is wrong in an object of an array of %s hides none of its neighbours',
  (encoding) => {
    const { bytes, end, start } = arrayOf(encoding);
    for (let index = start; index < end; index++) {
      for (const wrong of ' "{}[\n\xff') {
        const damaged = Buffer.from(bytes);
        damaged.write(wrong, index, 'latin1');
        const records = decodeLogRecords(damaged, { encoding, onError: () => {} });
        expect(
          records.map(({ body }) => body),
          damaged.toString('latin1'),
        ).toEqual(expect.arrayContaining(['first', 'third', 'fourth']));
      }
    }
  },
);

it('what is no object in an array hides none of those behind it', () => {
  const text = '[{"body":1},5,{"body":2},"x",null,{"body":3}]';
  const records = decodeLogRecords(text, { encoding: 'json', onError: () => {} });
  expect(records.map(({ body }) => body)).toEqual([1, 2, 3]);
});

it('the object behind a damaged one is found wherever a stream of an array is parted', async () => {
  const { bytes, start } = arrayOf('json');
  bytes.write('x', start, 'latin1');
  for (let size = 1; size < 64; size++) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const found: unknown[] = [];
    for await (const { body } of decodeStream(Readable.from(chunks), {
      encoding: 'json',
      onError: () => {},
    })) {
      found.push(body);
    }
    expect(found, `${size} bytes each`).toEqual(['first', 'third', 'fourth']);
  }
});

it('an object with a name that is too long, or escaped, is read as ever', () => {
  for (const name of ['n'.repeat(500), '\\u0061', '']) {
    const text = `[{"${name}":1,"body":1},{"${name}":1,"body":2}]`;
    const records = decodeLogRecords(text, { encoding: 'json' });
    expect(records.map(({ body }) => body)).toEqual([1, 2]);
  }
});

it('an object inside a damaged line is none of the records, as lines are no array', () => {
  const text =
    '{"body":1}\n{"body":[{"body":2},{"body":3}],"attributes":{"a":nothing}}\n{"body":4}\n';
  const records = decodeLogRecords(text, { encoding: 'json', onError: () => {} });
  expect(records.map(({ body }) => body)).toEqual([1, 4]);
});
