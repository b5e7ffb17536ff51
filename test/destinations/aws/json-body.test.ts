import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBody } from '../../../src/destinations/aws/json-body.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';

const KEPT_BYTES = 8 * 1024 * 1024;

/** Every kind of character that is written in a way of its own, and lone surrogates. */
const hostileUnit = fc.constantFrom(
  ...'"\\/\b\t\n\f\r\u0000\u0001\u001b\u001f\u007f\u0080\u00ff\u2028\ud7ff\ue000\uffff😀\ud800\udfffax19 ',
);
const anyText = fc.oneof(
  fc.string({ unit: hostileUnit, maxLength: 700, size: 'max' }),
  fc.string({ unit: 'binary', maxLength: 700, size: 'max' }),
  // Plain words with something else here and there.
  fc
    .array(fc.tuple(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), hostileUnit), {
      maxLength: 40,
      size: 'max',
    })
    .map((parts) => parts.flat().join('')),
);

function bodyOf(write: (body: JsonBody) => void, sizeBytes = 1): string {
  const body = new JsonBody(new ReusedMemory(KEPT_BYTES), sizeBytes);
  write(body);
  return Buffer.from(body.bytes()).toString();
}

describe('the body of an AWS call holds', () => {
  it('text that is longer than all of its memory', () => {
    const text = 'ü'.repeat(100_000);
    expect(bodyOf((body) => body.utf8(text))).toBe(text);
  });

  it('texts as JSON.stringify writes them, wherever their bytes lie', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), fc.nat({ max: 7 }), (texts, offset) => {
        const body = bodyOf((json) => {
          for (const text of texts) {
            const memory = Buffer.concat([Buffer.alloc(offset, '"'), Buffer.from(text)]);
            json.text(memory.subarray(offset)).syntax('\n');
          }
        });
        expect(body).toBe(texts.map((text) => `${JSON.stringify(text.toWellFormed())}\n`).join(''));
      }),
      { numRuns: 400 },
    );
  });

  it('texts that stand as in a string already', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), (texts) => {
        const body = bodyOf((json) => {
          for (const text of texts) {
            const nested = JSON.stringify(text.toWellFormed()).slice(1, -1);
            json.nestedText(Buffer.from(nested)).syntax('\n');
          }
        });
        expect(body).toBe(texts.map((text) => `${JSON.stringify(text.toWellFormed())}\n`).join(''));
      }),
    );
  });

  it('texts that end alike, with and without others between them', () => {
    const tail = fc.string({ unit: hostileUnit, minLength: 100, maxLength: 400, size: 'max' });
    const text = fc.tuple(anyText, fc.nat({ max: 2 }));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 2, maxLength: 12, size: 'max' }),
        fc.tuple(tail, tail),
        (heads, tails) => {
          const texts = heads.map(([head, which]) => head + (tails[which] ?? ''));
          const body = bodyOf((json) => {
            for (const each of texts) json.text(Buffer.from(each)).syntax('\n');
          });
          expect(body).toBe(
            texts.map((each) => `${JSON.stringify(each.toWellFormed())}\n`).join(''),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('lines that end alike, in one text', () => {
    const tail = fc.string({ unit: hostileUnit, minLength: 200, maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(
        fc.array(fc.array(anyText, { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        tail,
        fc.boolean(),
        (messages, end, endsWithNewline) => {
          const texts = messages.map(
            (heads) => heads.map((head) => head + end).join('\n') + (endsWithNewline ? '\n' : ''),
          );
          const body = bodyOf((json) => {
            for (const each of texts) json.lines(Buffer.from(each)).syntax('\n');
          });
          expect(body).toBe(
            texts.map((each) => `${JSON.stringify(each.toWellFormed())}\n`).join(''),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a common end behind control characters that took its room', () => {
    const tail = 't"'.repeat(200);
    for (let count = 10_600; count < 10_930; count += 5) {
      const texts = [`a${tail}`, `b${tail}`, '\u0001'.repeat(count) + tail];
      const body = bodyOf((json) => {
        for (const text of texts) json.text(Buffer.from(text));
      });
      expect(body).toBe(texts.map((text) => JSON.stringify(text)).join(''));
    }
  });

  it('control characters past the room that texts usually need', () => {
    const text = '\u0001\u001b"'.repeat(100_000);
    expect(bodyOf((json) => json.text(Buffer.from(text)))).toBe(JSON.stringify(text));
  });

  it('texts that just fit, or just do not, what the memory has left', () => {
    const memoryBytes = [65_536, 131_072, 262_144];
    const kinds = [
      { text: '\u0001', escapedBytes: 6 },
      { text: '"', escapedBytes: 2 },
      { text: '\u0001"', escapedBytes: 8 },
      { text: 'x\u001f', escapedBytes: 7 },
      { text: 'x', escapedBytes: 1 },
    ];
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.constantFrom(...memoryBytes),
        fc.constantFrom(...kinds),
        fc.integer({ min: -2, max: 2 }),
        fc.constantFrom('', '\u0001', '"', 'x'),
        (before, room, { escapedBytes, text: unit }, difference, last) => {
          const count = Math.floor((room - 2 - before) / escapedBytes) + difference;
          const text = unit.repeat(count) + last;
          const written = bodyOf((json) =>
            json.syntax(' '.repeat(before)).text(Buffer.from(text)).syntax('}'),
          );
          expect(written === `${' '.repeat(before)}${JSON.stringify(text)}}`).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('control characters alone in exactly the room that they need', () => {
    for (let before = 0; before < 12; before += 1) {
      for (const room of [65_536, 131_072]) {
        const text = '\u0001'.repeat(Math.floor((room - 2 - before) / 6));
        const written = bodyOf((json) =>
          json.syntax(' '.repeat(before)).text(Buffer.from(text)).syntax('}'),
        );
        expect(written === `${' '.repeat(before)}${JSON.stringify(text)}}`).toBe(true);
      }
    }
  });

  it('bytes as base64', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (pieces) => {
        const body = bodyOf((json) => {
          for (const piece of pieces) json.base64(piece);
        });
        expect(body).toBe(
          pieces.map((piece) => `"${Buffer.from(piece).toString('base64')}"`).join(''),
        );
      }),
    );
  });

  it('base64 of megabytes without a seam', () => {
    const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 7) % 251));
    expect(bodyOf((json) => json.base64(bytes))).toBe(`"${bytes.toString('base64')}"`);
  });

  it('syntax and values of any length', () => {
    const long = '[ '.repeat(100_000);
    const value = { name: 'é😀\ud800', list: [1, null] };
    expect(bodyOf((json) => json.syntax('{').syntax(long).value(value))).toBe(
      `{${long}${JSON.stringify(value)}`,
    );
  });
});

describe('memory for bodies', () => {
  it('is given back once by each of them', () => {
    const buffers = new ReusedMemory(KEPT_BYTES);
    const body = new JsonBody(buffers, 1000);
    body.release();
    const next = buffers.take(1000);
    body.release();
    expect(buffers.take(1000) === next).toBe(false);
  });

  it('is used again once it was given back, and not before', () => {
    const buffers = new ReusedMemory(KEPT_BYTES);
    const first = buffers.take(1_000_000);
    expect(buffers.take(1_000_000) === first).toBe(false);
    buffers.giveBack(first);
    expect(buffers.take(900_000) === first).toBe(true);
    expect(buffers.take(900_000) === first).toBe(false);
  });

  it('is never smaller than asked for, and the smallest that fits', () => {
    const buffers = new ReusedMemory(KEPT_BYTES);
    const sizes = [2_500_000, 70_000, 700_000];
    const taken = sizes.map((bytes) => buffers.take(bytes));
    for (const buffer of taken) buffers.giveBack(buffer);
    expect(taken.indexOf(buffers.take(600_000))).toBe(2);
    expect(buffers.take(9_000_000).length).toBeGreaterThanOrEqual(9_000_000);
    expect(taken.indexOf(buffers.take(600_000))).toBe(0);
  });

  it('is kept up to 8 MiB', () => {
    const buffers = new ReusedMemory(KEPT_BYTES);
    const many = Array.from({ length: 20 }, () => buffers.take(1024 * 1024));
    for (const buffer of many) buffers.giveBack(buffer);
    buffers.giveBack(Buffer.alloc(9 * 1024 * 1024));
    const again = many.map(() => buffers.take(1024 * 1024));
    expect(again.filter((buffer) => many.includes(buffer))).toHaveLength(8);
  });
});
