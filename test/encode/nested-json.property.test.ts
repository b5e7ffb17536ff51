import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import type { EncodingNote, RecordWriter } from '../../src/encode/log-record-encoder.ts';
import { unnest } from '../../src/pack/unnest.ts';
import { sharedTree } from './support/hostile-objects.ts';
import { anyText, hostileRecord, made, plainValue } from './support/hostile-values.ts';
import { makeRecord, textOf } from './support/records.ts';

const BEFORE = 'before';

/** The record's nested text, written behind other bytes into memory that is too small. */
function nest(
  encoder: RecordWriter,
  record: ReadableLogRecord,
  note?: EncodingNote,
): { readonly bytes: Uint8Array; readonly plainBytes: number | undefined } {
  const writer = new ByteWriter(1);
  writer.writeLatin1(BEFORE);
  const plainBytes = encoder.writeNested?.(record, writer, note);
  return { bytes: writer.copy(BEFORE.length), plainBytes };
}

function plain(encoder: RecordWriter, record: ReadableLogRecord, note?: EncodingNote): Buffer {
  const writer = new ByteWriter();
  encoder.write(record, writer, note);
  return Buffer.from(writer.copy());
}

function expectSame(encoder: RecordWriter, record: ReadableLogRecord, note?: EncodingNote): void {
  const expected = plain(encoder, record, note);
  const { bytes, plainBytes } = nest(encoder, record, note);
  expect(textOf(bytes)).toBe(JSON.stringify(textOf(expected)).slice(1, -1));
  expect(plainBytes).toBe(expected.length);
  expect(expected.equals(unnest(bytes, expected.length))).toBe(true);
}

describe('JSON inside a JSON string', () => {
  const encoder = jsonEncoder({ staticFields: { env: 'te"st', list: ['\\', { 'ü"': '\n' }] } });

  it('is what JSON.stringify makes of the text, whatever the values', () => {
    fc.assert(
      fc.property(hostileRecord, (recipes) => expectSame(encoder, makeRecord(made(recipes)))),
      { numRuns: 500 },
    );
  });

  it('is the same for ordinary values, after any records before', () => {
    const attributes = fc.dictionary(anyText, fc.oneof(plainValue, anyText), { maxKeys: 6 });
    fc.assert(
      fc.property(plainValue, attributes, attributes, (body, fields, origin) => {
        const record = makeRecord({
          body,
          attributes: fields,
          resource: { attributes: origin },
          instrumentationScope: { name: 'a "lib"', version: '1', attributes: origin },
          spanContext: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 },
          eventName: 'event',
          droppedAttributesCount: 2,
        });
        // Often enough for what repeats to be kept.
        for (let time = 0; time < 12; time++) expectSame(encoder, record);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same for numbered records, of one sequence and of several in turn', () => {
    const record = makeRecord({ body: 'a "text"' });
    for (const id of ['one', 'one', 'one', '"two"', 'one', '"two"', '"two"', '"two"']) {
      for (const number of [1, 2 ** 40]) expectSame(encoder, record, { sequence: { id, number } });
    }
  });

  it('is the same for texts of every length, with what must be escaped at every place', () => {
    for (const special of ['"', '\\', '\n', '\u0001', '\u007f', 'é', '😀', '\ud800']) {
      for (let length = 0; length < 300; length += length < 40 ? 1 : 13) {
        for (let at = 0; at <= length; at += length < 40 ? 3 : 29) {
          const text = 'x'.repeat(at) + special + '~'.repeat(length - at);
          expectSame(encoder, makeRecord({ body: text, attributes: { [text]: text } }));
        }
      }
    }
  });

  it('is the same for what a sender notes of a record', () => {
    const note: EncodingNote = {
      truncated: { fields: ['body', 'attributes."a"'], originalBytes: 12 },
      part: { id: 'p', index: 0, count: 2, fields: ['body'], jsonFields: ['body'] },
      sequence: { id: 's', number: 7 },
    };
    expectSame(encoder, makeRecord(), note);
  });

  it('is the same for giants, trees without end and records that throw', () => {
    const throwing = makeRecord();
    Object.defineProperty(throwing, 'attributes', {
      get: () => {
        throw new Error('"attributes"');
      },
    });
    const records = [
      makeRecord({ body: '\u0001"\\é'.repeat(400_000) }),
      makeRecord({
        body: 'x'.repeat(2_000_000),
        attributes: { giant: '\ud83d'.repeat(1_100_000) },
      }),
      makeRecord({ body: sharedTree(22) }),
      makeRecord({ body: { bytes: new Uint8Array(100_000), inner: Number.NaN, huge: 1n << 70n } }),
      makeRecord({
        body: undefined,
        attributes: {},
        resource: {},
        instrumentationScope: undefined,
      }),
      throwing,
    ];
    for (const record of records) expectSame(encoder, record);
  });

  it('reads static fields once, when the encoder is made', () => {
    let reads = 0;
    const counting = jsonEncoder({
      staticFields: {
        get read(): number {
          return ++reads;
        },
      },
    });
    expectSame(counting, makeRecord());
    expect(reads).toBe(1);
  });
});
