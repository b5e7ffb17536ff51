import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinBytes } from '../../src/exporter/join-bytes.ts';
import { RecordEntry } from '../../src/exporter/record-entry.ts';
import { ByteSlabs } from '../../src/pack/byte-slabs.ts';

it('joins bytes in their order, wherever they lie', () => {
  const memory = Buffer.from('0123456789abcdef');
  const piece = fc
    .tuple(fc.nat(16), fc.nat(16), fc.boolean())
    .map(([one, other, isCopied]): Buffer => {
      const bytes = memory.subarray(Math.min(one, other), Math.max(one, other));
      return isCopied ? Buffer.from(bytes) : bytes;
    });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const joined = joinBytes(pieces.map((bytes) => ({ bytes })));
      expect(Buffer.from(joined).toString()).toBe(Buffer.concat(pieces).toString());
    }),
  );
});

it('joins what was stored one after the other, across pieces of memory', () => {
  const slabs = new ByteSlabs();
  const texts = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(index)}\n`);
  const content = { recordCount: 1, tickets: undefined, splits: undefined };
  const times = { timeMillis: 0, acceptedAtMillis: 0, packedAtMillis: 0 };
  const entries = texts.map(
    (text, index) => new RecordEntry(slabs.store(Buffer.from(text)), content, times, index),
  );
  expect(Buffer.from(joinBytes(entries)).toString()).toBe(texts.join(''));
});
