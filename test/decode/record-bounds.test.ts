import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type DecodedLogRecord,
  type DecodeOptions,
  decodeLogRecords,
  decodeStream,
} from '../../src/decode/index.ts';
import { collect } from './support/collect.ts';

const MANY = 200_000;
/** The least that records may hold. */
const MIN_HELD_BYTES = 16_777_216;

interface Decoded {
  readonly records: DecodedLogRecord[];
  readonly messages: string[];
}

function decode(bytes: Uint8Array | string, options: DecodeOptions = {}): Decoded {
  const messages: string[] = [];
  const onError: DecodeOptions['onError'] = ({ error }) => messages.push(error.message);
  const records = decodeLogRecords(bytes, { maxDecompressedBytes: 3_000_000, ...options, onError });
  return { records, messages };
}

const tiny: readonly [string, Uint8Array | string, DecodeOptions?][] = [
  ['JSON', '{}\n'.repeat(MANY)],
  ['compressed JSON', gzipSync('{}\n'.repeat(MANY))],
  ['MessagePack', Buffer.alloc(MANY, 0x80)],
  ['base64', `${Buffer.alloc(3, 0x80).toString('base64')}\n`.repeat(MANY)],
  ['text', 'a\n'.repeat(MANY), { encoding: 'body' }],
  [
    'OTLP/JSON',
    `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${'{},'.repeat(MANY)}{}]}]}]}`,
    { maxDecompressedBytes: 4_194_304 },
  ],
];

describe('tiny records that would hold hundreds of times their bytes', () => {
  it.each(tiny)('of %s are decoded until the bound, which is told', (_, bytes, options) => {
    const { messages, records } = decode(bytes, options);
    expect(records.length).toBeGreaterThan(MIN_HELD_BYTES / 1_000);
    expect(records.length).toBeLessThan(MIN_HELD_BYTES / 500);
    expect(messages).toEqual([expect.stringMatching(/hold more than 1677\d+ bytes of memory/)]);
  });

  it('come one at a time out of a stream, all of them', async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 10; count++) yield Buffer.from('{}\n'.repeat(MANY / 10));
    }
    const records = await collect(decodeStream(chunks(), { maxDecompressedBytes: 3_000_000 }));
    expect(records).toHaveLength(MANY);
  });
});

it('damage between tiny records counts too', () => {
  const { messages, records } = decode('{}\nx\n'.repeat(MANY));
  expect(records.length).toBeLessThan(MIN_HELD_BYTES / 1_000);
  expect(messages.at(-1)).toContain('bytes of memory');
});

it('parts that wait for their siblings are given when the bound is reached', () => {
  const part = { id: 'a', index: 0, count: 2, fields: ['body'] };
  const { messages, records } = decode(
    `${JSON.stringify({ body: 'half', part })}\n${'{}\n'.repeat(MANY)}`,
  );
  expect(records.at(-1)).toMatchObject({ body: 'half', part });
  expect(messages).toEqual([
    expect.stringContaining('bytes of memory'),
    expect.stringContaining('1 of 2 parts are missing'),
  ]);
});

it('ordinary records are decoded to the last byte that may be decompressed', () => {
  const attributes = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`http.attribute.${index}`, `the value ${index}`]),
  );
  const line = `${JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', attributes, body: 'x'.repeat(300), resource: { 'service.name': 'shop' } })}\n`;
  const count = Math.ceil(MIN_HELD_BYTES / line.length);
  const { messages, records } = decode(line.repeat(count), {
    maxDecompressedBytes: line.length * count,
  });
  expect(records).toHaveLength(count);
  expect(messages).toEqual([]);
});

describe('one document of too many values', () => {
  it('of JSON is told, and the next one is read', () => {
    const { messages, records } = decode(`{"body":[${'[],'.repeat(400_000)}1]}\n{"body":"next"}\n`);
    expect(records).toMatchObject([{ body: 'next' }]);
    expect(messages).toEqual([expect.stringContaining('An object of too many values')]);
  });

  it('of JSON is told when it comes in pieces', async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"body":[');
      for (let count = 0; count < 40; count++) yield Buffer.from('[],'.repeat(10_000));
      yield Buffer.from('1]}\n{"body":"next"}\n');
    }
    const messages: string[] = [];
    const onError: DecodeOptions['onError'] = ({ error }) => messages.push(error.message);
    const records = await collect(
      decodeStream(chunks(), { maxDecompressedBytes: 3_000_000, onError }),
    );
    expect(records).toMatchObject([{ body: 'next' }]);
    expect(messages).toEqual([expect.stringContaining('An object of too many values')]);
  });

  it('of MessagePack is told', () => {
    const head = [0x81, 0xa4, ...Buffer.from('body'), 0xdd, 0, 0x10, 0, 0];
    const { messages, records } = decode(
      Buffer.concat([Buffer.from(head), Buffer.alloc(0x10_0000, 0x90)]),
    );
    expect(records).toEqual([]);
    expect(messages).toEqual([expect.stringContaining('A map of too many values')]);
  });

  it('of a form is told', () => {
    const { messages, records } = decode('a=1&'.repeat(100_000));
    expect(records).toEqual([]);
    expect(messages).toEqual([expect.stringContaining('A document that is no record')]);
  });

  it('is no form with a field of too many values: the field is text', () => {
    const text = `[${'[],'.repeat(400_000)}1]`;
    expect(decode(`a=${text}`).records).toMatchObject([{ staticFields: { a: text } }]);
  });

  it('is not made of the text in the parts of a split record', () => {
    const part = { id: 'a', index: 0, count: 1, fields: ['body'], json_fields: ['body'] };
    const body = `[${'[],'.repeat(400_000)}1]`;
    const { messages, records } = decode(JSON.stringify({ body, part }));
    expect(records).toMatchObject([{ body, part: { id: 'a' } }]);
    expect(messages).toEqual([expect.stringContaining('Parts that do not join to JSON text')]);
  });

  it('may be a text with many commas', () => {
    const body = ',"\\'.repeat(400_000);
    expect(decode(JSON.stringify({ body })).records).toMatchObject([{ body }]);
    const part = { id: 'a', index: 0, count: 1, fields: ['body'], json_fields: ['body'] };
    const split = decode(JSON.stringify({ body: JSON.stringify([body]), part }));
    expect(split.records).toMatchObject([{ body: [body] }]);
  });
});
