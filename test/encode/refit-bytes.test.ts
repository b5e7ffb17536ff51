import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import { readJsonRecord } from '../../src/encode/read-json-record.ts';
import { refitBytes } from '../../src/encode/refit-bytes.ts';
import { bodyEncoder, createEncoder, jsonEncoder } from '../../src/index.ts';
import { createHostileLogRecords, createLogRecord } from '../../src/testing/index.ts';
import { uidOf } from '../../src/testing/records/create-log-record.ts';

const createId = (): string => 'id';
const json = jsonEncoder({ staticFields: { env: 'test' } });
const asText = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const encode = (record: Parameters<typeof json.encode>[0]): Uint8Array =>
  new Uint8Array(Buffer.from(json.encode(record)));

describe('an encoded record that must fit fewer bytes', () => {
  it('is, when it fits already, the same text again', () => {
    const record = createLogRecord({
      hrTime: [1_700_000_000, 123_456_789],
      hrTimeObserved: [1_700_000_001, 1],
      eventName: 'paid',
      spanContext: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 },
      attributes: { big: 1e300, list: [1, null, { deep: [true] }], bytes: new Uint8Array([1, 2]) },
      droppedAttributesCount: 3,
    });
    const bytes = encode(record);
    const [again] = refitBytes(bytes, json, { maxBytes: 9_999, mode: 'truncate', createId }) ?? [];
    expect(asText(again)).toBe(asText(bytes));
  });

  it('is read back to the letter, however hostile the record was', () => {
    for (const record of createHostileLogRecords(3, 60)) {
      const bytes = encode(record);
      const read = readJsonRecord(bytes);
      expect(read?.note).toEqual({});
      const isSame = read !== undefined && asText(encode(read.record)) === asText(bytes);
      expect(isSame, `the record ${uidOf(record)} reads back`).toBe(true);
    }
  });

  it('is cut like the record itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 3_000, maxLength: 6_000 }),
        fc.integer({ min: 900, max: 2_500 }),
        (body, maxBytes) => {
          const record = createLogRecord({ body });
          const options = { maxBytes, mode: 'truncate', createId } as const;
          const expected = fitRecord(record, json, options)?.map(asText);
          expect(refitBytes(encode(record), json, options)?.map(asText)).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('tells after a second cut what was cut in both and how long it was at first', () => {
    const record = createLogRecord({
      body: 'b'.repeat(9_000),
      attributes: { a: 'a'.repeat(2_000) },
    });
    const options = { mode: 'truncate', createId } as const;
    const once = fitRecord(record, json, { ...options, maxBytes: 4_000 })?.[0];
    const twice = refitBytes(once ?? new Uint8Array(), json, { ...options, maxBytes: 1_500 })?.[0];
    const { truncated } = JSON.parse(asText(twice));
    expect(twice?.length).toBeLessThanOrEqual(1_500);
    expect(truncated.original_bytes).toBe(encode(record).length);
    expect(truncated.fields.toSorted()).toEqual(['attributes.a', 'body']);
  });

  it('is split into parts of its own id when that is asked for', () => {
    const bytes = encode(createLogRecord({ body: 'b'.repeat(5_000) }));
    const parts = refitBytes(bytes, json, { maxBytes: 2_000, mode: 'split', createId }) ?? [];
    const documents = parts.map((part) => JSON.parse(asText(part)));
    expect(documents.length).toBeGreaterThan(2);
    expect(documents.map((document) => document.body).join('')).toBe('b'.repeat(5_000));
    expect(documents.every(({ part }) => part.id === 'id' && part.count === parts.length)).toBe(
      true,
    );
  });

  it('stays the part that it is, cut and marked, when it was split before', () => {
    const record = createLogRecord({ body: { list: ['x'.repeat(5_000)] } });
    const parts = fitRecord(record, json, { maxBytes: 3_000, mode: 'split', createId }) ?? [];
    const first = new Uint8Array(parts[0] ?? []);
    const before = JSON.parse(asText(first));
    const again = refitBytes(first, json, { maxBytes: 1_500, mode: 'split', createId }) ?? [];
    const after = JSON.parse(asText(again[0]));
    expect(again).toHaveLength(1);
    expect(after.part).toEqual(before.part);
    expect(after.truncated.fields).toEqual(['body']);
    expect(before.body.startsWith(after.body)).toBe(true);
  });

  it('keeps the number that it has among the records of its sender', () => {
    const writer = new ByteWriter();
    const sequence = { id: 'sender', number: 7 };
    json.write(createLogRecord({ body: 'b'.repeat(5_000) }), writer, { sequence });
    const options = { maxBytes: 1_500, mode: 'truncate', createId } as const;
    const again = refitBytes(writer.copy(), json, options)?.[0];
    expect(JSON.parse(asText(again))).toMatchObject({ sequence, truncated: { fields: ['body'] } });
  });

  it('is cut between characters in the body encoding', () => {
    const options = { maxBytes: 5, createId } as const;
    const bytes = Buffer.from('ééééé');
    const body = bodyEncoder();
    expect(refitBytes(bytes, body, { ...options, mode: 'truncate' })?.map(asText)).toEqual(['éé']);
    expect(refitBytes(bytes, body, { ...options, mode: 'split' })?.map(asText)).toEqual([
      'éé',
      'éé',
      'é',
    ]);
    expect(refitBytes(bytes, body, { ...options, maxBytes: 1, mode: 'truncate' })).toBeUndefined();
  });

  it('cannot be fitted when its encoding cannot be read back or is damaged', () => {
    const own = createEncoder({
      name: 'json',
      contentType: 'text/plain',
      isText: true,
      encode: () => '{}',
    });
    const options = { maxBytes: 500, mode: 'truncate', createId } as const;
    expect(refitBytes(Buffer.from('{"body":1}'), own, options)).toBeUndefined();
    expect(refitBytes(Buffer.from('{"bo'), json, options)).toBeUndefined();
    expect(refitBytes(Buffer.from('[1]'), json, options)).toBeUndefined();
  });
});
