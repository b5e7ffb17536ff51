import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyEncoder } from '../../src/encode/body-encoder.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { cpuMillis } from '../support/cpu-millis.ts';
import { type Cut, fitOne, fitted } from './support/fitted.ts';
import { sharedTree } from './support/hostile-objects.ts';
import { hostileRecord, made } from './support/hostile-values.ts';
import { makeRecord, parse, textOf, UID } from './support/records.ts';

const json = jsonEncoder();

describe('a truncated record', () => {
  const edges = [1_000, 5_120, 262_144, 1_024_000, 1_048_550].flatMap((edge) => [
    edge - 1,
    edge,
    edge + 1,
  ]);
  const characters = [
    ['one byte', 'x', 1],
    ['two bytes', 'é', 2],
    ['three bytes', '€', 3],
    ['four bytes', '😀', 4],
    ['an escape of two', '\n', 2],
    ['an escape of six', '\u0001', 6],
  ] as const;

  it.each(characters)(
    'of characters of %s is as long as each limit allows',
    (_, character, bytes) => {
      for (const maxBytes of edges) {
        const piece = fitOne({ body: character.repeat(maxBytes) }, maxBytes);
        const document = parse(piece);
        const body = document['body'] as string;
        expect(maxBytes - piece.length).toBeLessThan(bytes);
        expect(body).toBe(character.repeat(body.length / character.length));
        expect(document['truncated']).toMatchObject({ fields: ['body'] });
        expect(document['attributes']).toEqual({ uid: UID });
      }
    },
  );

  it('says how long it was', () => {
    const other = { body: 'x'.repeat(10_000) };
    const whole = json.encode(makeRecord(other));
    const cut = parse(fitOne(other, 5_120))['truncated'] as Cut;
    expect(cut.original_bytes).toBe(whole.length);
  });

  it('has its longest strings cut to one length and the short ones whole', () => {
    const attributes = {
      uid: UID,
      a: 'a'.repeat(100_000),
      b: 'b'.repeat(30_000),
      c: 'c'.repeat(900),
    };
    const document = parse(fitOne({ body: 'x'.repeat(50_000), attributes }, 20_000));
    const kept = document['attributes'] as typeof attributes;
    expect(kept.uid).toBe(UID);
    expect(kept.c).toBe(attributes.c);
    const lengths = [kept.a.length, kept.b.length, (document['body'] as string).length];
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(3);
    expect((document['truncated'] as Cut).fields).toEqual(['body', 'attributes.a', 'attributes.b']);
  });

  it('keeps the shape of a nested body and names the string inside that was cut', () => {
    const body = { user: { bio: 'y'.repeat(50_000), id: 7 }, list: ['z'.repeat(40_000), 1] };
    const document = parse(fitOne({ body }, 10_000));
    expect(document['body']).toMatchObject({ user: { id: 7 }, list: [expect.any(String), 1] });
    expect((document['truncated'] as Cut).fields).toEqual(['body.user.bio', 'body.list[0]']);
  });

  it('has the largest container as the beginning of its JSON text when strings are not enough', () => {
    const body = Array.from({ length: 50_000 }, (_, index) => index);
    const attributes = { uid: UID, small: [1, 2] };
    const document = parse(fitOne({ body, attributes }, 5_120));
    expect(JSON.stringify(body).startsWith(document['body'] as string)).toBe(true);
    expect(document['attributes']).toEqual(attributes);
    expect((document['truncated'] as Cut).fields).toEqual(['body']);
  });

  it('of hundreds of attributes keeps identifiers and as many others as fit', () => {
    const numbers = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`number.${index}`, index]),
    );
    const document = parse(fitOne({ attributes: { ...numbers, uid: UID } }, 5_120));
    const kept = document['attributes'] as Record<string, unknown>;
    expect(kept['uid']).toBe(UID);
    expect(Object.keys(kept).length).toBeGreaterThan(150);
    const { fields } = document['truncated'] as Cut;
    expect(fields.length).toBeLessThanOrEqual(33);
    expect(fields.at(-1)).toMatch(/^\+\d+ more$/);
    expect(fields.length - 1 + Number(fields.at(-1)?.slice(1, -5))).toBe(
      5_001 - Object.keys(kept).length,
    );
  });

  it('of attributes that are alike loses the last ones', () => {
    const numbers = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`n${index + 100}`, 7]),
    );
    const document = parse(fitOne({ attributes: numbers }, 5_120));
    const kept = Object.keys(document['attributes'] as object);
    expect(kept).toEqual(Object.keys(numbers).slice(0, kept.length));
  });

  it('of hundreds of long attributes keeps them all, shorter', () => {
    const long = Object.fromEntries(
      Array.from({ length: 600 }, (_, index) => [`k${index}`, 'v'.repeat(1_000)]),
    );
    const document = parse(fitOne({ attributes: { uid: UID, ...long } }, 262_144));
    expect(Object.keys(document['attributes'] as object)).toHaveLength(601);
    expect(document['attributes']).toMatchObject({ uid: UID });
  });

  it('gives up a giant key, a giant resource and a giant scope, and nothing else', () => {
    const huge = 'x'.repeat(100_000);
    const list = Array.from({ length: 50_000 }, () => true);
    const record = {
      attributes: { uid: UID, [huge]: 1 },
      resource: { attributes: { 'service.name': 'shop', huge, list } },
      instrumentationScope: { name: huge, version: '1' },
    };
    const document = parse(fitOne(record, 5_120));
    expect(document).toMatchObject({
      body: 'hello',
      attributes: { uid: UID },
      resource: { 'service.name': 'shop' },
      scope: { version: '1' },
    });
  });

  it('of bytes stays whole base64', () => {
    const body = Buffer.alloc(10_000, 'bytes');
    const text = parse(fitOne({ body }, 5_120))['body'] as string;
    expect(body.toString('base64').startsWith(text)).toBe(true);
    expect(text.length % 4).toBe(0);
  });

  it.each([1, 2, 10, 50, 99, 100])(
    'is not made when even its smallest form exceeds %i bytes',
    (max) => {
      expect(fitted({ body: 'x'.repeat(200) }, max)).toBeUndefined();
      expect(fitted({ body: 'x'.repeat(200) }, max, 'split')).toBeUndefined();
    },
  );

  it('reads each getter once', () => {
    let reads = 0;
    const record = {
      attributes: {
        get changing(): string {
          reads++;
          return 'x'.repeat(reads * 10_000);
        },
      },
    };
    expect(parse(fitOne(record, 5_120))['attributes']).toBeDefined();
    expect(reads).toBe(1);
  });

  it('of shared parts that unfold without end fits too', () => {
    const document = parse(fitOne({ attributes: { uid: UID, tree: sharedTree(30) } }, 5_120));
    expect(document['attributes']).toMatchObject({ uid: UID });
  });

  it('of 50 million characters takes seconds, not minutes', () => {
    const body = 'line\n'.repeat(10_000_000);
    expect(cpuMillis(() => fitOne({ body }, 1_048_550))).toBeLessThan(20_000);
  });
});

describe('the body alone', () => {
  it('is cut and split between characters', () => {
    const body = '€'.repeat(1_000);
    const [piece] = fitted({ body }, 100, 'truncate', bodyEncoder()) ?? [];
    expect(textOf(piece ?? '')).toBe('€'.repeat(33));
    const parts = fitted({ body }, 100, 'split', bodyEncoder()) ?? [];
    expect(parts.map(textOf).join('')).toBe(body);
    expect(fitted({ body }, 2, 'split', bodyEncoder())).toBeUndefined();
    expect(fitted({ body }, 2, 'truncate', bodyEncoder())).toBeUndefined();
  });
});

describe('fitRecord, for any record and size', () => {
  const encodings: EncodingName[] = ['json', 'otlp-json', 'msgpack', 'body', 'distlog-json'];

  it.each(encodings)('never throws and never exceeds the limit in %s', (name) => {
    const encoder = createEncoder(name);
    fc.assert(
      fc.property(
        hostileRecord,
        fc.integer({ min: 1, max: 3_000 }),
        fc.constantFrom('truncate', 'split'),
        fc.string({ unit: 'binary', maxLength: 3_000 }),
        (recipes, maxBytes, mode, filler) => {
          const pieces = fitted({ ...made(recipes), body: filler }, maxBytes, mode, encoder) ?? [];
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(maxBytes);
            if (name === 'msgpack') continue;
            const text = textOf(piece);
            if (name !== 'body') expect(() => JSON.parse(text)).not.toThrow();
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps the uid whenever there is room for it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ maxLength: 12 }),
          fc.string({ unit: 'binary', maxLength: 2_000 }),
          {
            minKeys: 2,
          },
        ),
        fc.integer({ min: 2_000, max: 4_000 }),
        (fields, maxBytes) => {
          const attributes = { ...fields, uid: UID };
          if (json.encode(makeRecord({ attributes })).length <= maxBytes) return;
          expect(parse(fitOne({ attributes }, maxBytes))['attributes']).toMatchObject({ uid: UID });
        },
      ),
      { numRuns: 300 },
    );
  });
});
