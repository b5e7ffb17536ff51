import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeFile } from '../../src/spool/decode-file.ts';
import { encodeFile } from '../../src/spool/encode-file.ts';
import { encodeTarget } from '../../src/spool/spool-target.ts';
import { sealed } from './support/sealed.ts';
import { entriesOf, target } from './support/spool-site.ts';

const whole = encodeFile(encodeTarget(target).bytes, entriesOf('first', 'second'));

it('a file of version 1, which knows no parts of records, is read', () => {
  const { bytes } = encodeTarget(target);
  const head = whole.subarray(0, 20 + bytes.length);
  const heads = [0, 1].map((index) =>
    whole.subarray(head.length + index * 32, head.length + index * 32 + 24),
  );
  const body = Buffer.concat([head, ...heads, Buffer.from('firstsecond')]);
  body.writeUInt32LE(1, 8);
  expect(decodeFile(sealed(body))).toMatchObject({ entries: entriesOf('first', 'second') });
});

it('every flipped byte of a file is found', () => {
  for (let position = 0; position < whole.length; position += 1) {
    for (const flip of [0x01, 0x80, 0xff]) {
      const damaged = Buffer.from(whole);
      damaged[position] = (damaged[position] ?? 0) ^ flip;
      expect(decodeFile(damaged)).toBeInstanceOf(Error);
    }
  }
});

it('a file that ends at any byte, or goes on, is found', () => {
  for (let length = 0; length < whole.length; length += 1) {
    expect(decodeFile(whole.subarray(0, length))).toBeInstanceOf(Error);
  }
  expect(decodeFile(Buffer.concat([whole, Buffer.alloc(1)]))).toBeInstanceOf(Error);
});

it('lengths that lie never cost memory or an exception', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 8), fc.nat(0xffff_ffff)), { maxLength: 4 }),
      (lies) => {
        const body = Buffer.from(whole.subarray(0, -4));
        // The magic and the version stay.
        for (const [position, value] of lies) {
          body.writeUInt32LE(value, Math.min(Math.max(position, 12), body.length - 4));
        }
        const decoded = decodeFile(sealed(body));
        if (decoded instanceof Error) return;
        const bytes = decoded.entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
        expect(bytes).toBeLessThan(whole.length);
      },
    ),
    { numRuns: 2000 },
  );
});

it.for([-1, 1])('lengths that add up to %i byte more are found', (more) => {
  const body = Buffer.from(whole.subarray(0, -4));
  const offset = body.length - 'firstsecond'.length - 2 * 32;
  body.writeUInt32LE('first'.length + more, offset);
  expect(decodeFile(sealed(body))).toMatchObject({ code: 'ERR_SPOOL_DAMAGED' });
});

it('any bytes are read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const body = Buffer.concat([whole.subarray(0, 12), bytes]);
      expect(decodeFile(Buffer.from(bytes))).toBeInstanceOf(Error);
      expect(() => decodeFile(sealed(body))).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});
