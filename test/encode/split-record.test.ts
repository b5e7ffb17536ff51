import { describe, expect, it } from 'vitest';
import type { LogRecordEncoder } from '../../src/encode/log-record-encoder.ts';
import { fitted } from './support/fitted.ts';
import { parse, textOf, UID } from './support/records.ts';

describe('a split record', () => {
  const join = (parts: readonly Uint8Array[], key: string): string =>
    parts.map((part) => parse(part)[key] as string | undefined).join('');

  it('is numbered parts that hold every short field, and whose slices join', () => {
    const body = 'añ€😀"\n'.repeat(5_000);
    const parts = fitted({ body }, 5_120, 'split') ?? [];
    expect(join(parts, 'body')).toBe(body);
    for (const [index, part] of parts.entries()) {
      expect(part.length).toBeLessThanOrEqual(5_120);
      expect(parse(part)).toMatchObject({
        attributes: { uid: UID },
        part: { id: 'part-id', index, count: parts.length, fields: ['body'] },
      });
    }
  });

  it('fills its parts', () => {
    const parts = fitted({ body: 'x'.repeat(1_000_000) }, 100_000, 'split') ?? [];
    expect(parts).toHaveLength(11);
    for (const part of parts.slice(0, -1)) expect(part.length).toBeGreaterThan(99_980);
  });

  it('slices a container as JSON text and says so', () => {
    const body = { items: Array.from({ length: 5_000 }, (_, index) => `item ${index}`) };
    const parts = fitted({ body }, 5_120, 'split') ?? [];
    expect(JSON.parse(join(parts, 'body'))).toEqual(body);
    expect(parse(parts[0] ?? '')['part']).toMatchObject({
      fields: ['body'],
      json_fields: ['body'],
    });
  });

  it('slices several fields when each is long', () => {
    const attributes = { uid: UID, a: 'a'.repeat(9_000), b: 'b'.repeat(8_000) };
    const parts = fitted({ body: 'c'.repeat(7_000), attributes }, 5_120, 'split') ?? [];
    const of = (key: 'a' | 'b'): string =>
      parts
        .map((part) => (parse(part)['attributes'] as Record<string, string>)[key] ?? '')
        .join('');
    expect([of('a'), of('b'), join(parts, 'body')]).toEqual([
      attributes.a,
      attributes.b,
      'c'.repeat(7_000),
    ]);
  });

  it('is cut instead when it has too many small values to be split', () => {
    const numbers = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`n${index}`, 1]),
    );
    const parts = fitted({ attributes: { uid: UID, ...numbers } }, 5_120, 'split') ?? [];
    expect(parts).toHaveLength(1);
    expect(parse(parts[0] ?? '')).toMatchObject({ attributes: { uid: UID }, truncated: {} });
  });
});

describe('an own encoder', () => {
  const own: LogRecordEncoder = {
    name: 'own',
    contentType: 'text/plain',
    isText: true,
    // Twice escaped: what a character costs cannot be guessed.
    encode: (record) => JSON.stringify(JSON.stringify([record.body, record.attributes])),
  };

  it('gets strings that are short enough and the note as attributes', () => {
    const [piece] = fitted({ body: '"\n'.repeat(50_000) }, 5_120, 'truncate', own) ?? [];
    expect(piece?.length).toBeGreaterThan(4_900);
    expect(piece?.length).toBeLessThanOrEqual(5_120);
    const [body, attributes] = JSON.parse(JSON.parse(textOf(piece ?? '')) as string) as [
      string,
      object,
    ];
    expect('"\n'.repeat(50_000).startsWith(body)).toBe(true);
    expect(attributes).toMatchObject({ uid: UID, 'collectorless.truncated.fields': ['body'] });
  });

  it('gets the slices of a split record', () => {
    const body = '"\n'.repeat(5_000);
    const parts = fitted({ body }, 5_120, 'split', own) ?? [];
    const slices = parts.map((part) => JSON.parse(JSON.parse(textOf(part)) as string) as [string]);
    expect(slices.map(([slice]) => slice).join('')).toBe(body);
  });

  it('whose bytes are long without its strings gives none', () => {
    const bytes: LogRecordEncoder = { ...own, isText: false, encode: () => new Uint8Array(10_000) };
    expect(fitted({ body: 'x' }, 5_120, 'truncate', bytes)).toBeUndefined();
    expect(fitted({ body: 'x' }, 5_120, 'split', bytes)).toBeUndefined();
  });
});
