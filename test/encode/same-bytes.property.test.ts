import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { writeJsonString } from '../../src/encode/json-string.ts';
import {
  anyText,
  hostileRecord,
  hostileValue,
  made,
  plainValue,
} from './support/hostile-values.ts';
import { makeRecord } from './support/records.ts';

/** A class without anything of its own: its fields are written one by one, by the careful way. */
class Fields {}

function carefully(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(carefully);
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = new Fields();
  for (const key of Object.keys(value)) {
    const field = { value: carefully(Reflect.get(value, key)), enumerable: true };
    Object.defineProperty(copy, key, field);
  }
  return copy;
}

describe.each(['json', 'msgpack', 'otlp-json'] as const)('the bytes of %s', (name) => {
  it('do not depend on the records before', () => {
    const experienced = createEncoder(name);
    fc.assert(
      fc.property(hostileRecord, fc.dictionary(anyText, anyText), (recipes, texts) => {
        const fields = made(recipes);
        const record = makeRecord({ ...fields, attributes: { ...texts, same: 'text' } });
        for (let time = 0; time < 12; time++) experienced.encode(record);
        expect(experienced.encode(record)).toEqual(createEncoder(name).encode(record));
      }),
      { numRuns: 100 },
    );
  });

  it('are the same for plain objects and for the fields of a class', () => {
    const encoder = createEncoder(name);
    fc.assert(
      fc.property(plainValue, (value) => {
        const plain = makeRecord({ body: value, attributes: { value } });
        const careful = carefully(value);
        const other = makeRecord({ body: careful, attributes: { value: careful } });
        expect(encoder.encode(plain)).toEqual(encoder.encode(other));
      }),
      { numRuns: 300 },
    );
  });

  it('need every getter of a value once, whatever lies beside it', () => {
    const encoder = createEncoder(name);
    fc.assert(
      fc.property(hostileValue, hostileValue, (first, last) => {
        let reads = 0;
        const value = {
          first: first(),
          list: [{ last: last() }],
          get counted(): number {
            return ++reads;
          },
          more: { first: first(), last: last() },
        };
        encoder.encode(makeRecord({ body: value, attributes: {} }));
        encoder.encode(makeRecord({ body: undefined, attributes: { value } }));
        expect(reads).toBe(2);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a text as JSON', () => {
  it.each(['"', '\\', '\n', '\u0000', '\u001f', '\u007f', '!', '#', '[', ']', 'é', '€', '😀'])(
    'has %j as JSON.stringify has it, wherever it stands',
    (special) => {
      const writer = new ByteWriter();
      for (let length = 0; length < 300; length += length < 40 ? 1 : 13) {
        for (let at = 0; at <= length; at += length < 40 ? 1 : 7) {
          const text = 'x'.repeat(at) + special + '~'.repeat(length - at);
          writer.reset();
          writeJsonString(writer, text);
          expect(writer.buffer.toString('utf8', 0, writer.position)).toBe(JSON.stringify(text));
        }
      }
    },
  );
});
