import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { makeRecord, parse, textOf } from './support/records.ts';

const encoder = jsonEncoder();
const attributesOf = (attributes: unknown): unknown =>
  parse(encoder.encode(makeRecord({ attributes })))['attributes'];

describe('the flat JSON document', () => {
  it('has its keys in the order of the contract', () => {
    const record = makeRecord({
      hrTimeObserved: [1_700_000_001, 0],
      eventName: 'order.placed',
      spanContext: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 },
      instrumentationScope: { name: 'a', version: 'b', schemaUrl: 'c', attributes: { d: 1 } },
      droppedAttributesCount: 3,
    });
    const writer = new ByteWriter();
    jsonEncoder({ staticFields: { env: 'test' } }).write(record, writer, {
      truncated: { fields: ['body'], originalBytes: 10 },
      part: { id: 'p', index: 0, count: 2, fields: ['body'], jsonFields: ['body'] },
    });
    const document = parse(writer.copy());
    expect(Object.keys(document)).toEqual([
      'timestamp',
      'observed_timestamp',
      'severity_number',
      'severity_text',
      'event_name',
      'body',
      'trace_id',
      'span_id',
      'trace_flags',
      'attributes',
      'resource',
      'scope',
      'dropped_attributes_count',
      'truncated',
      'part',
      'env',
    ]);
    expect(Object.keys(document['scope'] as object)).toEqual([
      'name',
      'version',
      'schema_url',
      'attributes',
    ]);
    expect(document['truncated']).toEqual({ fields: ['body'], original_bytes: 10 });
    expect(document['part']).toEqual({
      id: 'p',
      index: 0,
      count: 2,
      fields: ['body'],
      json_fields: ['body'],
    });
  });

  it('leaves out what is empty', () => {
    const record = makeRecord({
      severityNumber: undefined,
      severityText: '',
      body: undefined,
      attributes: { a: undefined },
      resource: { attributes: {} },
      instrumentationScope: { name: '' },
    });
    expect(Object.keys(parse(encoder.encode(record)))).toEqual(['timestamp']);
  });

  it('is an empty object for a record with nothing in it', () => {
    const record = makeRecord({ hrTime: [Number.NaN, 0], hrTimeObserved: [Number.NaN, 0] });
    const bare = { hrTime: record.hrTime, hrTimeObserved: record.hrTimeObserved };
    expect(textOf(encoder.encode(bare as never))).toBe('{}');
  });

  it('keeps an empty body, a null body and null attributes, which are values', () => {
    expect(parse(encoder.encode(makeRecord({ body: '' })))['body']).toBe('');
    expect(parse(encoder.encode(makeRecord({ body: null })))['body']).toBeNull();
    expect(attributesOf({ a: null })).toEqual({ a: null });
  });

  it('writes one record after the other into one writer', () => {
    const writer = new ByteWriter(8);
    for (let index = 0; index < 100; index++) {
      encoder.write(makeRecord({ body: `line ${index}` }), writer);
      writer.writeByte(0x0a);
    }
    const lines = textOf(writer.copy()).trimEnd().split('\n');
    expect(lines.map((line) => parse(Buffer.from(line))['body'])).toEqual(
      Array.from({ length: 100 }, (_, index) => `line ${index}`),
    );
  });
});

describe('timestamps', () => {
  const timestampOf = (hrTime: unknown): unknown =>
    parse(encoder.encode(makeRecord({ hrTime, hrTimeObserved: hrTime })))['timestamp'];

  it.each([
    [[0, 0], '1970-01-01T00:00:00.000000000Z'],
    [[1_700_000_000, 123_456_789], '2023-11-14T22:13:20.123456789Z'],
    [[-1, 999_999_999], '1969-12-31T23:59:59.999999999Z'],
    [[1, 1_000_000_001], '1970-01-01T00:00:02.000000001Z'],
    [[1, -1], '1970-01-01T00:00:00.999999999Z'],
    [[1.5, 0], '1970-01-01T00:00:01.500000000Z'],
    [[-62_167_219_200, 7], '0000-01-01T00:00:00.000000007Z'],
    [[-62_167_219_201, 7], '0000-01-01T00:00:00.000000000Z'],
    [[253_402_300_799, 7], '9999-12-31T23:59:59.000000007Z'],
    [[253_402_300_800, 7], '9999-12-31T23:59:59.999999999Z'],
    [[1e300, 0], '9999-12-31T23:59:59.999999999Z'],
  ])('%j is written as %s', (hrTime, text) => {
    expect(timestampOf(hrTime)).toBe(text);
  });

  it.each([
    [[Number.NaN, 0]],
    [[0, Number.NaN]],
    [[Number.POSITIVE_INFINITY, 0]],
    [undefined],
    [null],
    ['now'],
    [['1', '2']],
    [[]],
  ])('%j is no time and left out', (hrTime) => {
    expect(timestampOf(hrTime)).toBeUndefined();
  });
});

describe('trace context', () => {
  const contextOf = (spanContext: unknown): unknown[] => {
    const document = parse(encoder.encode(makeRecord({ spanContext })));
    return [document['trace_id'], document['span_id'], document['trace_flags']];
  };
  const valid = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };

  it('is lower-case hex with two digits of flags', () => {
    const upper = { traceId: 'A1'.repeat(16), spanId: 'B2'.repeat(8), traceFlags: 0xfe };
    expect(contextOf(upper)).toEqual(['a1'.repeat(16), 'b2'.repeat(8), 'fe']);
    expect(contextOf({ ...valid, traceFlags: 1 })[2]).toBe('01');
    expect(contextOf({ ...valid, traceFlags: 'x' })[2]).toBe('00');
  });

  it.each([
    [{ ...valid, traceId: '0'.repeat(32) }],
    [{ ...valid, spanId: '0'.repeat(16) }],
    [{ ...valid, traceId: 'a'.repeat(31) }],
    [{ ...valid, traceId: 'g'.repeat(32) }],
    [{ ...valid, spanId: 'é'.repeat(16) }],
    [{ ...valid, spanId: 5 }],
    [{ traceId: valid.traceId }],
    ['context'],
  ])('%j is invalid and left out whole', (spanContext) => {
    expect(contextOf(spanContext)).toEqual([undefined, undefined, undefined]);
  });
});

it('a severity does not depend on those before', () => {
  const severities: readonly [unknown, unknown][] = [
    [0, 'none'],
    [-0, 'none'],
    [9, 'INFO'],
    [9, 'info'],
    [9, undefined],
    [undefined, 'INFO'],
    [Number.NaN, 'INFO'],
    ['9', 'INFO'],
    [9, 'x'.repeat(100)],
  ];
  const experienced = jsonEncoder();
  for (const [severityNumber, severityText] of [...severities, ...severities]) {
    const record = makeRecord({ severityNumber, severityText });
    expect(textOf(experienced.encode(record))).toBe(textOf(jsonEncoder().encode(record)));
  }
});

describe('resource and scope', () => {
  it('are read anew while detectors are at work and kept afterwards', () => {
    const resource = { attributes: { a: 1 } as object, asyncAttributesPending: true };
    const resourceOf = (): unknown => parse(encoder.encode(makeRecord({ resource })))['resource'];
    expect(resourceOf()).toEqual({ a: 1 });
    resource.attributes = { a: 2 };
    expect(resourceOf()).toEqual({ a: 2 });
    resource.asyncAttributesPending = false;
    expect(resourceOf()).toEqual({ a: 2 });
    resource.attributes = { a: 3 };
    expect(resourceOf()).toEqual({ a: 2 });
  });

  it('of different records do not mix', () => {
    const one = makeRecord({ resource: { attributes: { n: 1 } } });
    const two = makeRecord({ resource: { attributes: { n: 2 } } });
    const seen = [one, two, one, two].map((record) => parse(encoder.encode(record))['resource']);
    expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 1 }, { n: 2 }]);
  });
});

describe('static fields', () => {
  it('stand at the end of every record as they were at construction', () => {
    const staticFields = { env: 'prod', zone: { a: 1 } };
    const own = jsonEncoder({ staticFields });
    staticFields.env = 'changed';
    expect(parse(own.encode(makeRecord()))).toMatchObject({ env: 'prod', zone: { a: 1 } });
  });

  it.each(['body', 'timestamp', 'part', 'truncated'])('may not be named %s', (name) => {
    expect(() => jsonEncoder({ staticFields: { [name]: 1 } })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringContaining(name),
      }),
    );
    expect(() => jsonEncoder({ staticFields: { [name]: 1 } })).toThrow(TypeError);
  });

  it('must be an object', () => {
    expect(() => jsonEncoder({ staticFields: 'env' as never })).toThrow(TypeError);
  });
});
