import { describe, expect, it } from 'vitest';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { cpuMillis } from '../support/cpu-millis.ts';
import { cycle, nested, sharedTree } from './support/hostile-objects.ts';
import { makeRecord, parse, textOf, UID } from './support/records.ts';

const encoder = jsonEncoder();
const attributesOf = (attributes: unknown): unknown =>
  parse(encoder.encode(makeRecord({ attributes })))['attributes'];

describe('values that JSON has no word for', () => {
  it('become strings, base64, plain fields, or are left out', () => {
    class Point {
      x = 1;
      #hidden = 2;
      get hidden(): number {
        return this.#hidden;
      }
    }
    const error = new RangeError('boom');
    expect(
      attributesOf({
        nan: Number.NaN,
        infinities: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
        big: 12_345_678_901_234_567_890n,
        bytes: new Uint8Array([1, 2, 3]),
        buffer: Buffer.from('hi'),
        view: new DataView(new Uint8Array([9, 8, 7, 6]).buffer, 1, 2),
        memory: new Uint8Array([5]).buffer,
        date: new Date(0),
        noDate: new Date(Number.NaN),
        map: new Map<string, unknown>([['__proto__', 1]]),
        pairs: new Map<unknown, unknown>([[1, 2]]),
        set: new Set([1, 'x']),
        error,
        point: new Point(),
        boxed: [Object('s'), Object(1), Object(true), Object(1n)],
        url: new URL('https://example.com/'),
        f: () => 1,
        s: Symbol('s'),
        list: [undefined, () => 1, Symbol('s')],
      }),
    ).toEqual({
      nan: 'NaN',
      infinities: ['Infinity', '-Infinity'],
      big: '12345678901234567890',
      bytes: 'AQID',
      buffer: 'aGk=',
      view: 'CAc=',
      memory: 'BQ==',
      date: '1970-01-01T00:00:00.000Z',
      noDate: null,
      map: JSON.parse('{"__proto__":1}'),
      pairs: [[1, 2]],
      set: [1, 'x'],
      error: { name: 'RangeError', message: 'boom', stack: error.stack },
      point: { x: 1 },
      boxed: ['s', 1, true, '1'],
      url: 'https://example.com/',
      list: [null, null, null],
    });
  });

  it('keep their toJSON, or their own fields when it throws', () => {
    const thrower = {
      kept: 1,
      toJSON(): never {
        throw new Error('no');
      },
    };
    expect(attributesOf({ a: { toJSON: () => ({ b: 1 }) }, thrower })).toEqual({
      a: { b: 1 },
      thrower: { kept: 1 },
    });
  });

  it('base64 of many bytes is the base64 of the whole', () => {
    const bytes = Buffer.alloc(200_001, 'some bytes ');
    expect(attributesOf({ bytes })).toEqual({ bytes: bytes.toString('base64') });
  });

  it('a BigInt of a million digits costs no time', () => {
    const huge = 1n << 50_000_000n;
    const cpu = cpuMillis(() => {
      expect(attributesOf({ huge })).toEqual({ huge: '[BigInt too large]' });
    });
    expect(cpu).toBeLessThan(5_000);
  });

  it('negative zero and large integers come back as they were', () => {
    const numbers = [-0, 0, 9, 10, -10, 99_999, 2 ** 31, -(2 ** 31), 2 ** 53, 1e21, 5e-324, 0.1];
    expect(attributesOf({ numbers })).toEqual({ numbers });
  });
});

describe('hostile values', () => {
  it('that throw are named and keep their neighbours', () => {
    const attributes = {
      uid: UID,
      get bad(): never {
        throw new Error('no');
      },
      nested: {
        get bad(): never {
          throw new Error('inner');
        },
        good: 1,
      },
      proxy: new Proxy({}, { ownKeys: () => [][0] as never }),
      after: 'yes',
    };
    expect(attributesOf(attributes)).toMatchObject({
      uid: UID,
      bad: '[Throws: no]',
      nested: { bad: '[Throws: inner]', good: 1 },
      proxy: expect.stringContaining('[Throws: '),
      after: 'yes',
    });
  });

  it('that lie in themselves end in a marker, those that only stand twice do not', () => {
    const shared = { a: 1 };
    expect(attributesOf({ cycle: cycle(), one: shared, two: [shared, shared] })).toEqual({
      cycle: { a: 1, self: '[Circular]' },
      one: shared,
      two: [shared, shared],
    });
  });

  it('that are too deep end in a marker before a reader with 1,000 levels gives up', () => {
    const text = textOf(
      encoder.encode(makeRecord({ attributes: { deep: nested(5_000), uid: UID } })),
    );
    let depth = 0;
    let deepest = 0;
    for (const character of text) {
      if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
      if (character === '}' || character === ']') depth--;
    }
    expect(deepest).toBeGreaterThan(800);
    expect(deepest).toBeLessThan(950);
    expect(text).toContain('[Too deep]');
    expect(parse(Buffer.from(text))['attributes']).toMatchObject({ uid: UID });
  });

  it('that unfold without end stop soon, valid, with the fields behind them intact', () => {
    const endless = new Proxy([], {
      get: (target, key) => (key === 'length' ? 4e9 : Reflect.get(target, key)),
    });
    const many = new Proxy(
      {},
      {
        ownKeys: () => Array.from({ length: 100_000 }, (_, index) => `k${index}`),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
        get: (_, key) => (key === 'toJSON' ? undefined : many),
      },
    ) as object;
    const attributes = { shared: sharedTree(30), endless, many, uid: UID };
    let document: Record<string, unknown> = {};
    const cpu = cpuMillis(() => {
      document = parse(encoder.encode(makeRecord({ body: sharedTree(40), attributes })));
    });
    expect(cpu).toBeLessThan(20_000);
    expect(document['attributes']).toMatchObject({ uid: UID });
    expect(document['resource']).toEqual({ 'service.name': 'shop' });
    expect(JSON.stringify(document)).toContain('[Too large]');
  });

  it('with broken keys keep unique ones', () => {
    const value = { '\ud800': 1, '\ud801': 2, '\ufffd': 3, ok: 4 };
    expect(Object.values(attributesOf(value) as object).sort()).toEqual([1, 2, 3, 4]);
    expect(Object.values(attributesOf({ value }) as { value: object }).map(Object.values)).toEqual([
      [1, 2, 3, 4],
    ]);
  });

  it('with a __proto__ key keep it as an ordinary key and change no prototype', () => {
    const attributes = JSON.parse('{"__proto__":{"polluted":1},"a":{"__proto__":2}}') as object;
    expect(JSON.stringify(attributesOf(attributes))).toBe(JSON.stringify(attributes));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('as the record itself give what can be read', () => {
    const thrower = new Proxy(
      {},
      {
        get: () => {
          throw new Error('record');
        },
      },
    );
    expect(parse(encoder.encode(thrower as never))).toEqual({ body: '[Throws: record]' });
    const half = Object.defineProperty(makeRecord() as object, 'body', {
      get: () => {
        throw new Error('body');
      },
    });
    expect(parse(encoder.encode(half as never))).toMatchObject({
      body: '[Throws: body]',
      severity_text: 'INFO',
      attributes: { uid: UID },
    });
    for (const record of [null, undefined, 5, 'record', []]) {
      expect(() => parse(encoder.encode(record as never))).not.toThrow();
    }
    for (const attributes of [
      null,
      5,
      'text',
      [],
      new Proxy({}, { ownKeys: () => null as never }),
    ]) {
      expect(attributesOf(attributes)).toBeUndefined();
    }
  });
});
