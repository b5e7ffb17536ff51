import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import { MsgpackReader } from '../../src/decode/msgpack-value.ts';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { msgpackEncoder } from '../../src/encode/msgpack-encoder.ts';
import { hostileRecord, made } from './support/hostile-values.ts';
import { makeRecord, UID } from './support/records.ts';

const encoder = msgpackEncoder();
const bytesOf = (other: object): Buffer =>
  Buffer.from(encoder.encode(makeRecord({ ...other })) as Uint8Array);
const valueBytes = (body: unknown): string => {
  const bytes = bytesOf({ body, attributes: {}, resource: {}, instrumentationScope: {} });
  return bytes.subarray(bytes.indexOf('body') + 4).toString('hex');
};

describe('MessagePack', () => {
  it.each<[unknown, string]>([
    [null, 'c0'],
    [false, 'c2'],
    [true, 'c3'],
    [0, '00'],
    [127, '7f'],
    [128, 'cc80'],
    [255, 'ccff'],
    [256, 'cd0100'],
    [65_535, 'cdffff'],
    [65_536, 'ce00010000'],
    [4_294_967_295, 'ceffffffff'],
    [4_294_967_296, 'cb41f0000000000000'],
    [-1, 'ff'],
    [-32, 'e0'],
    [-33, 'd0df'],
    [-128, 'd080'],
    [-129, 'd1ff7f'],
    [-32_768, 'd18000'],
    [-32_769, 'd2ffff7fff'],
    [-2_147_483_648, 'd280000000'],
    [-0, 'cb8000000000000000'],
    [0.5, 'cb3fe0000000000000'],
    [5n, 'd30000000000000005'],
    [-(2n ** 63n), 'd38000000000000000'],
    [2n ** 63n, `b3${Buffer.from('9223372036854775808').toString('hex')}`],
    ['', 'a0'],
    ['é', 'a2c3a9'],
    ['x'.repeat(31), `bf${'78'.repeat(31)}`],
    ['x'.repeat(32), `d920${'78'.repeat(32)}`],
    ['é'.repeat(31), `d93e${'c3a9'.repeat(31)}`],
    ['é'.repeat(200), `da0190${'c3a9'.repeat(200)}`],
    ['x'.repeat(65_536), `db00010000${'78'.repeat(65_536)}`],
    [new Uint8Array([1, 2]), 'c4020102'],
    [new Uint8Array(256), `c50100${'00'.repeat(256)}`],
    [[], '90'],
    [[1, undefined], '9201c0'],
    [Array.from({ length: 16 }, () => 1), `dc0010${'01'.repeat(16)}`],
    [Array.from({ length: 65_536 }, () => 1), `dd00010000${'01'.repeat(65_536)}`],
    [{ a: 1, b: undefined }, '81a16101'],
  ])('writes %s as the specification has it', (value, hex) => {
    expect(valueBytes(value)).toBe(hex);
  });

  it.each([
    [[1, 0], 'd6ff00000001'],
    [[1, 1], 'd7ff0000000400000001'],
    [[2 ** 34 - 1, 999_999_999], 'd7ffee6b27ffffffffff'],
    [[2 ** 34, 0], 'c70cff000000000000000400000000'],
    [[-1, 5], 'c70cff00000005ffffffffffffffff'],
  ])('writes the time %j as its shortest timestamp', (hrTime, hex) => {
    const bytes = bytesOf({ hrTime, hrTimeObserved: hrTime });
    const at = bytes.indexOf('timestamp') + 9;
    expect(bytes.subarray(at, at + hex.length / 2).toString('hex')).toBe(hex);
    expect(decodeLogRecords(bytes)[0]?.hrTime).toEqual(hrTime);
  });

  it('has many static fields and a note in one map', () => {
    const staticFields = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`f${index}`, index]),
    );
    const writer = new ByteWriter();
    msgpackEncoder({ staticFields }).write(makeRecord(), writer, {
      truncated: { fields: ['body'], originalBytes: 5 },
    });
    expect(decodeLogRecords(writer.copy())).toMatchObject([
      { staticFields, truncated: { fields: ['body'], originalBytes: 5 }, attributes: { uid: UID } },
    ]);
  });

  it('is one whole map for any record, hostile or not', () => {
    fc.assert(
      fc.property(hostileRecord, (recipes) => {
        const bytes = bytesOf(made(recipes));
        const reader = new MsgpackReader(bytes);
        expect(typeof reader.value()).toBe('object');
        expect(reader.position).toBe(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  it('reads resources anew while their attributes are pending, and keeps them afterwards', () => {
    const resource = { attributes: { a: 1 }, asyncAttributesPending: true };
    const resourceOf = (): unknown =>
      decodeLogRecords(bytesOf({ resource }))[0]?.resource.attributes;
    expect(resourceOf()).toEqual({ a: 1 });
    resource.attributes = { a: 2 };
    resource.asyncAttributesPending = false;
    expect([resourceOf(), resourceOf()]).toEqual([{ a: 2 }, { a: 2 }]);
  });
});
