import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { jsonStringBytes } from '../../src/encode/json-string.ts';
import { flatDocument } from './support/flat-document.ts';
import {
  anyText,
  hostileRecord,
  hostileValue,
  made,
  plainValue,
} from './support/hostile-values.ts';
import { makeRecord, parse, textOf, UID } from './support/records.ts';

const time = fc.tuple(
  fc.integer({ min: 0, max: 4_000_000_000 }),
  fc.integer({ min: 0, max: 999_999_999 }),
);
const hexId = (digits: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits })
    .filter((id) => !/^0+$/.test(id));
const attributeMap = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 20 }), plainValue, {
  maxKeys: 8,
});

const ordinaryRecord = fc
  .record(
    {
      hrTime: time,
      hrTimeObserved: time,
      severityNumber: fc.integer({ min: 1, max: 24 }),
      severityText: fc.string({ unit: 'grapheme', maxLength: 10 }),
      eventName: fc.string({ maxLength: 10 }),
      body: plainValue,
      spanContext: fc.record({
        traceId: hexId(32),
        spanId: hexId(16),
        traceFlags: fc.integer({ min: 0, max: 255 }),
      }),
      attributes: attributeMap,
      resource: fc.record({ attributes: attributeMap }),
      droppedAttributesCount: fc.nat(10),
    },
    { requiredKeys: ['hrTime', 'hrTimeObserved'] },
  )
  .map(makeRecord);

describe('the JSON encoder', () => {
  const encoder = jsonEncoder({ staticFields: { env: 'test' } });

  it('agrees with a plain reference for every ordinary record', () => {
    fc.assert(
      fc.property(ordinaryRecord, (record) => {
        const text = textOf(encoder.encode(record));
        const expected = { ...flatDocument(record), env: 'test' };
        expect(JSON.parse(text)).toEqual(expected);
        expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('writes any string as JSON.stringify writes its well-formed form', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => text.repeat(20)),
        ),
        (text) => {
          const written = parse(encoder.encode(makeRecord({ body: text })))['body'];
          expect(written).toBe(text.toWellFormed());
          const writer = new ByteWriter(1);
          encoder.write(makeRecord({ body: text }), writer);
          const empty = encoder.encode(makeRecord({ body: '' }));
          expect(writer.position - empty.length).toBe(jsonStringBytes(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never throws and always writes one line of valid JSON, whatever the values', () => {
    fc.assert(
      fc.property(hostileRecord, (record) => {
        const text = textOf(encoder.encode(makeRecord(made(record))));
        expect(text).not.toMatch(/[\n\r]/);
        expect(JSON.parse(text)).toMatchObject({ env: 'test' });
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the attributes beside a hostile one', () => {
    fc.assert(
      fc.property(anyText, hostileValue, (key, make) => {
        fc.pre(key !== 'uid' && key !== 'after');
        const attributes = { uid: UID, [key]: make(), after: 'yes' };
        const document = parse(encoder.encode(makeRecord({ attributes })));
        expect(document['attributes']).toMatchObject({ uid: UID, after: 'yes' });
      }),
      { numRuns: 1_000 },
    );
  });
});
