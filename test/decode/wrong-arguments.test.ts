import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords, decodeStream } from '../../src/decode/index.ts';
import { collect } from './support/collect.ts';

const wrong = (expected: string): unknown =>
  expect.objectContaining({
    code: 'ERR_INVALID_OPTION',
    message: expect.stringContaining(expected),
  });

describe('arguments of another type are refused with what was expected', () => {
  it.each([null, undefined, 5, {}, [], new ArrayBuffer(4)])('%o for bytes', (bytes) => {
    expect(() => Reflect.apply(decodeLogRecords, undefined, [bytes])).toThrow(
      wrong('a Uint8Array or a string') as Error,
    );
  });

  it.each([null, 5, 'json'])('%o for options', async (options) => {
    expect(() => Reflect.apply(decodeLogRecords, undefined, ['{}', options])).toThrow(
      wrong('an object') as Error,
    );
    await expect(collect(Reflect.apply(decodeStream, undefined, [[], options]))).rejects.toThrow(
      wrong('an object') as Error,
    );
  });

  it('an `onError` that cannot be called', () => {
    expect(() => Reflect.apply(decodeLogRecords, undefined, ['{}', { onError: 5 }])).toThrow(
      wrong('a function') as Error,
    );
  });

  it.each([null, undefined, 'text', new Uint8Array(4)])('%o for a source', async (source) => {
    await expect(collect(Reflect.apply(decodeStream, undefined, [source]))).rejects.toThrow(
      wrong('an async iterable of Uint8Array') as Error,
    );
  });

  it('chunks that are text', async () => {
    async function* texts(): AsyncGenerator<string> {
      yield '{"body":"a"}';
    }
    await expect(collect(Reflect.apply(decodeStream, undefined, [texts()]))).rejects.toThrow(
      wrong('a Uint8Array') as Error,
    );
  });
});

it('bytes of another realm are bytes', () => {
  const bytes: unknown = runInNewContext('Uint8Array.from([123, 125])');
  expect(Reflect.apply(decodeLogRecords, undefined, [bytes])).toHaveLength(1);
});
