import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { writeMsgpackString } from '../../src/encode/msgpack-string.ts';
import { ReadyBytes } from '../../src/encode/ready-bytes.ts';

function again(bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  writer.writeReady(new ReadyBytes(bytes));
  return writer.copy();
}

const text = fc.string({ unit: 'binary', maxLength: 59 });

it('texts behind headers of MessagePack are the same each time that they are written', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      const writer = new ByteWriter();
      for (const each of texts) writeMsgpackString(writer, each);
      expect(again(writer.copy())).toEqual(writer.copy());
    }),
    { numRuns: 5000 },
  );
});

it('bytes are the same each time that they are written, or refused where a number would change them', () => {
  const word = fc
    .constantFrom(0x7f, 0xff, 0xf0, 0xf7, 0xf8, 0, 1)
    .chain((last) =>
      fc.uint8Array({ minLength: 7, maxLength: 7 }).map((first) => Uint8Array.of(...first, last)),
    );
  let refused = 0;
  fc.assert(
    fc.property(word, (bytes) => {
      let written: Uint8Array;
      try {
        written = again(bytes);
      } catch (error) {
        refused += 1;
        expect(error).toBeInstanceOf(RangeError);
        expect((bytes[6] ?? 0) >= 0xf0 && ((bytes[7] ?? 0) & 0x7f) === 0x7f).toBe(true);
        return;
      }
      expect(Buffer.from(written)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 5000 },
  );
  expect(refused).toBeGreaterThan(0);
});
