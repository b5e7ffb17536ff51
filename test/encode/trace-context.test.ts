import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { writeSpanId, writeTraceId } from '../../src/encode/trace-context.ts';

const SPAN_ID = 'b7ad6b7169203331';

function written(id: string, write: typeof writeSpanId): string | undefined {
  const writer = new ByteWriter();
  return write(writer, id) ? Buffer.from(writer.copy()).toString() : undefined;
}

/**
 * Hex digits, not all of them zero (https://www.w3.org/TR/trace-context/#traceparent-header-field-values); there only
 * in lower case, in which we write those of an application that has them in upper case.
 */
function expected(id: string, digits: number): string | undefined {
  const isHex = id.length === digits && /^[0-9a-fA-F]+$/.test(id);
  return isHex && !/^0+$/.test(id) ? id.toLowerCase() : undefined;
}

it('writes an id exactly when all of its characters are hex digits, whatever stands at whichever place', () => {
  for (let code = 0; code <= 0x2ff; code++) {
    for (let place = 0; place < SPAN_ID.length; place++) {
      const id = SPAN_ID.slice(0, place) + String.fromCharCode(code) + SPAN_ID.slice(place + 1);
      expect(written(id, writeSpanId)).toBe(expected(id, 16));
    }
  }
});

// Neighbours of the digits, what becomes one of them in lower case, and what is longer than a byte.
const character = fc.constantFrom(
  ...'0059afAF/:@`gG',
  '\u0010',
  '\u0019',
  '\u007f',
  '\u0080',
  'é',
  '€',
);

it('writes an id of a trace as lower-case hex digits, or nothing', () => {
  const digit = fc.constantFrom(...'0000123456789abcdefABCDEF');
  const ids = fc.oneof(
    fc.string({ unit: digit, minLength: 32, maxLength: 32 }),
    fc.string({
      unit: fc.oneof({ weight: 40, arbitrary: digit }, character),
      minLength: 31,
      maxLength: 33,
    }),
  );
  fc.assert(
    fc.property(ids, (id) => {
      expect(written(id, writeTraceId)).toBe(expected(id, 32));
    }),
  );
});

it('leaves nothing of an id that is none', () => {
  const writer = new ByteWriter();
  writer.writeByte(1);
  expect(writeTraceId(writer, 'x'.repeat(32))).toBe(false);
  expect(writeTraceId(writer, '0'.repeat(32))).toBe(false);
  expect(writer.position).toBe(1);
});
