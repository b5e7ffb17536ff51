import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { otlpJsonEncoder } from '../../src/encode/otlp-json-encoder.ts';
import { cycle, nested } from './support/hostile-objects.ts';
import { makeRecord, parse, textOf, UID } from './support/records.ts';

type LogsData = {
  resourceLogs: [
    {
      resource: object;
      schemaUrl?: string;
      scopeLogs: [{ scope: object; schemaUrl?: string; logRecords: [Record<string, unknown>] }];
    },
  ];
};

const encoder = otlpJsonEncoder();
const logsDataOf = (other: object): LogsData =>
  parse(encoder.encode(makeRecord({ ...other }))) as object as LogsData;
const recordOf = (other: object): Record<string, unknown> =>
  logsDataOf(other).resourceLogs[0].scopeLogs[0].logRecords[0];

describe('OTLP/JSON', () => {
  it('is one LogsData on one line with the names and types of the specification', () => {
    const record = makeRecord({
      hrTimeObserved: [1_700_000_001, 0],
      eventName: 'order.placed',
      spanContext: { traceId: 'A'.repeat(32), spanId: 'B'.repeat(16), traceFlags: 1 },
      resource: { attributes: { 'service.name': 'shop' }, schemaUrl: 'https://one' },
      instrumentationScope: {
        name: 'lib',
        version: '1',
        schemaUrl: 'https://two',
        attributes: { a: 1 },
      },
      droppedAttributesCount: 3,
    });
    expect(textOf(encoder.encode(record))).not.toContain('\n');
    expect(parse(encoder.encode(record))).toEqual({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
          schemaUrl: 'https://one',
          scopeLogs: [
            {
              scope: {
                name: 'lib',
                version: '1',
                attributes: [{ key: 'a', value: { intValue: '1' } }],
              },
              schemaUrl: 'https://two',
              logRecords: [
                {
                  timeUnixNano: '1700000000000000005',
                  observedTimeUnixNano: '1700000001000000000',
                  severityNumber: 9,
                  severityText: 'INFO',
                  body: { stringValue: 'hello' },
                  attributes: [{ key: 'uid', value: { stringValue: UID } }],
                  droppedAttributesCount: 3,
                  flags: 1,
                  traceId: 'a'.repeat(32),
                  spanId: 'b'.repeat(16),
                  eventName: 'order.placed',
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('writes every kind of value as AnyValue', () => {
    const body = {
      int: -5,
      large: 2 ** 60,
      big: 2n ** 62n,
      bigger: 2n ** 70n,
      float: 0.5,
      nan: Number.NaN,
      yes: true,
      nothing: null,
      bytes: new Uint8Array([1, 2, 3]),
      list: [1, 'a'],
      empty: {},
    };
    expect(recordOf({ body })['body']).toEqual({
      kvlistValue: {
        values: [
          { key: 'int', value: { intValue: '-5' } },
          { key: 'large', value: { doubleValue: 2 ** 60 } },
          { key: 'big', value: { intValue: '4611686018427387904' } },
          { key: 'bigger', value: { stringValue: '1180591620717411303424' } },
          { key: 'float', value: { doubleValue: 0.5 } },
          { key: 'nan', value: { doubleValue: 'NaN' } },
          { key: 'yes', value: { boolValue: true } },
          { key: 'nothing', value: {} },
          { key: 'bytes', value: { bytesValue: 'AQID' } },
          {
            key: 'list',
            value: { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }] } },
          },
          { key: 'empty', value: { kvlistValue: { values: [] } } },
        ],
      },
    });
  });

  it.each([
    [[0, 7], '7'],
    [[1, 7], '1000000007'],
    [[20_000_000_000, 0], '18446744073709551615'],
    [[12_000_000_000, 5], '12000000000000000005'],
    [[-1, 0], undefined],
    [[Number.NaN, 0], undefined],
  ])('%j is the time %s', (hrTime, text) => {
    expect(recordOf({ hrTime })['timeUnixNano']).toBe(text);
  });

  // A reader refuses all records of a request for a number that the type of its field cannot hold.
  it.each([-1, 1.5, 2 ** 32, 1e21, Number.NaN, 5n])(
    'leaves out %s as the count of dropped attributes, which is a uint32',
    (droppedAttributesCount) => {
      expect(recordOf({ droppedAttributesCount })).not.toHaveProperty('droppedAttributesCount');
    },
  );

  it('writes the largest uint32 as the count of dropped attributes', () => {
    const droppedAttributesCount = 2 ** 32 - 1;
    expect(recordOf({ droppedAttributesCount })).toMatchObject({ droppedAttributesCount });
  });

  it.each([2 ** 31, 1e21, 9.5, Number.NEGATIVE_INFINITY, '9'])(
    'leaves out %j as the severity, which is an int32',
    (severityNumber) => {
      expect(recordOf({ severityNumber })).not.toHaveProperty('severityNumber');
    },
  );

  it('tells notes as attributes, each key once', () => {
    const attributes = { uid: UID, 'collectorless.truncated.fields': ['old'] };
    const writer = new ByteWriter();
    encoder.write(makeRecord({ attributes }), writer, {
      truncated: { fields: ['body'], originalBytes: 9 },
      part: { id: 'p', index: 1, count: 2, fields: ['body'] },
    });
    const data = parse(writer.copy()) as object as LogsData;
    const written = data.resourceLogs[0].scopeLogs[0].logRecords[0]['attributes'] as {
      key: string;
    }[];
    expect(written.map(({ key }) => key)).toEqual([
      'uid',
      'collectorless.truncated.fields',
      'collectorless.truncated.original_bytes',
      'collectorless.part.id',
      'collectorless.part.index',
      'collectorless.part.count',
      'collectorless.part.fields',
    ]);
  });

  it('adds static fields as attributes, where the record has none of that name', () => {
    const own = otlpJsonEncoder({ staticFields: { uid: 'static', env: 'test' } });
    const text = textOf(own.encode(makeRecord()));
    expect(text).toContain(`{"key":"uid","value":{"stringValue":"${UID}"}},{"key":"env"`);
    expect(text).not.toContain('static"');
  });

  it('survives hostile values and records', () => {
    expect(recordOf({ body: nested(5_000) })['body']).toBeDefined();
    expect(textOf(encoder.encode(makeRecord({ body: cycle() })))).toContain('[Circular]');
    for (const record of [null, 5, {}, new Proxy({}, { get: () => JSON.parse('{') as never })]) {
      expect(parse(encoder.encode(record as never))).toHaveProperty('resourceLogs');
    }
  });

  it('reads resources anew while their attributes are pending', () => {
    const resource = { attributes: { a: 1 }, asyncAttributesPending: true };
    const texts = [1, 2].map((a) => {
      resource.attributes = { a };
      return textOf(encoder.encode(makeRecord({ resource })));
    });
    expect(texts[0]).toContain('"intValue":"1"');
    expect(texts[1]).toContain('"intValue":"2"');
  });
});
