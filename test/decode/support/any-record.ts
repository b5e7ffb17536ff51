import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import fc from 'fast-check';

/** Values that this encoding gives back as they were. */
function valuesOf(encoding: 'json' | 'msgpack' | 'otlp-json'): fc.Arbitrary<unknown> {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const key = fc.oneof(text, fc.constantFrom('__proto__', 'toJSON', 'a.b', ''));
  const leaves: fc.Arbitrary<unknown>[] = [
    text,
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ];
  if (encoding !== 'json') {
    leaves.push(fc.double(), fc.uint8Array({ maxLength: 20 }));
    const far = 2n ** 60n;
    leaves.push(
      encoding === 'msgpack'
        ? fc.bigInt({ min: -far, max: far })
        : fc.bigInt({ min: 2n ** 53n, max: far }),
    );
  }
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      ...leaves,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;
}

const hexId = (digits: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits })
    .filter((id) => !/^0+$/.test(id));

/** Records as they come back after `encoding`: absent fields absent, the resource just its attributes. */
export function recordsOf(
  encoding: 'json' | 'msgpack' | 'otlp-json',
): fc.Arbitrary<ReadableLogRecord> {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const map = fc.dictionary(name, valuesOf(encoding), { maxKeys: 6, noNullPrototype: true });
  const seconds =
    encoding === 'otlp-json' ? { min: 1, max: 2 ** 33 } : { min: -(2 ** 33), max: 2 ** 36 };
  const time = fc.tuple(fc.integer(seconds), fc.integer({ min: 0, max: 999_999_999 }));
  const record: fc.Arbitrary<object> = fc.record(
    {
      hrTime: time,
      hrTimeObserved: time,
      severityNumber: fc.integer({ min: 0, max: 24 }),
      severityText: name,
      eventName: name,
      body: valuesOf(encoding),
      spanContext: fc.record({
        traceId: hexId(32),
        spanId: hexId(16),
        traceFlags: fc.integer({ min: 0, max: 255 }),
      }),
      attributes: map,
      resource: fc.record({ attributes: map }),
      instrumentationScope: fc.record(
        {
          name,
          version: name,
          schemaUrl: name,
          attributes: map.filter((m) => Object.keys(m).length > 0),
        },
        { requiredKeys: ['name'] },
      ),
      droppedAttributesCount: fc.nat(9),
    },
    {
      requiredKeys: [
        'hrTime',
        'hrTimeObserved',
        'attributes',
        'resource',
        'instrumentationScope',
        'droppedAttributesCount',
      ],
    },
  );
  return record.map((fields) => fields as ReadableLogRecord);
}
