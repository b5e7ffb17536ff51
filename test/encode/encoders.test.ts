import { describe, expect, it } from 'vitest';
import { bodyEncoder } from '../../src/encode/body-encoder.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord, parse, textOf } from './support/records.ts';

describe('createEncoder', () => {
  it.each(['json', 'otlp-json', 'msgpack', 'body', 'distlog-json'] as const)('knows %s', (name) => {
    const encoder = createEncoder(name);
    expect(encoder.name).toBe(name);
    expect(encoder.isText).toBe(name !== 'msgpack');
    expect(encoder.encode(makeRecord()).length).toBeGreaterThan(0);
  });

  it('takes an own encoder as it is', () => {
    const own = { name: 'own', contentType: 'text/csv', isText: true, encode: () => 'a,b' };
    expect(createEncoder(own)).toBe(own);
  });

  it.each(['text/plain', 'application/x-ndjson', 'application/json; charset="utf-8"'])(
    'takes an own encoder with the content type %s',
    (contentType) => {
      const own = { name: 'own', contentType, isText: true, encode: () => 'a,b' };
      expect(createEncoder(own)).toBe(own);
    },
  );

  it.each([
    '',
    'text',
    'text/',
    '/plain',
    'text/plain\r\nx: y',
    ' text/plain',
    'text/größe',
    `a/${'b'.repeat(300)}`,
  ])('refuses an own encoder with the content type %j', (contentType) => {
    const own = { name: 'own', contentType, isText: true, encode: () => 'a,b' };
    expect(() => createEncoder(own)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringMatching(
          /^Expected `encoding\.contentType` to be a media type such as 'text\/plain'.*, got "/u,
        ),
      }),
    );
  });

  it.each(['xml', 'toString', '', undefined, null, 5, {}, { name: 'x', encode: () => '' }])(
    'refuses %j and lists what it knows',
    (encoding) => {
      expect(() => createEncoder(encoding as never)).toThrow(
        expect.objectContaining({
          code: 'ERR_INVALID_OPTION',
          message: expect.stringContaining("'otlp-json'"),
        }),
      );
    },
  );

  it('gives static fields to every encoding that has a place for them', () => {
    const staticFields = { env: 'test' };
    const json = createEncoder('json', { staticFields }).encode(makeRecord());
    const distlog = createEncoder('distlog-json', { staticFields }).encode(makeRecord());
    const otlp = createEncoder('otlp-json', { staticFields }).encode(makeRecord());
    expect(parse(json)).toMatchObject(staticFields);
    expect(parse(distlog)).toMatchObject(staticFields);
    expect(textOf(otlp)).toContain('{"key":"env","value":{"stringValue":"test"}}');
  });
});

describe('the body encoder', () => {
  const encoder = bodyEncoder();
  const bodyText = (body: unknown): string => textOf(encoder.encode(makeRecord({ body })));

  it('writes text as it is, well-formed, and anything else as JSON', () => {
    expect(bodyText('a "b"\n\ud800')).toBe('a "b"\n\ufffd');
    expect(bodyText({ a: [1, 2n] })).toBe('{"a":[1,"2"]}');
    expect(bodyText(5)).toBe('5');
  });

  it.each([
    [12n, '12'],
    [2n ** 70n, '1180591620717411303424'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [new Uint8Array([0, 255, 1]), 'AP8B'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [{ toJSON: () => 'a "b"\n' }, 'a "b"\n'],
    [new Date(Number.NaN), ''],
    [() => 1, ''],
    [false, 'false'],
  ])('writes %o, which JSON has in quotes or not at all, without quotes', (body, text) => {
    expect(bodyText(body)).toBe(text);
  });

  it('writes nothing for a record without a body, and survives one that throws', () => {
    expect(bodyText(undefined)).toBe('');
    expect(bodyText(null)).toBe('');
    expect(textOf(encoder.encode(null as never))).toContain('Throws');
  });
});
