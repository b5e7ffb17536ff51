import { expect } from 'vitest';
import { decodeLogRecords } from '../../../src/decode/decode-log-records.ts';
import type { DecodeOptions } from '../../../src/decode/decode-options.ts';
import { createEncoder } from '../../../src/encode/encoders.ts';
import { makeRecord, textOf } from '../../encode/support/records.ts';

const json = createEncoder('json');
const msgpack = createEncoder('msgpack');

/** A record with this body as a line of JSON. */
export const line = (body: unknown): string => textOf(json.encode(makeRecord({ body })));

/** A record with this body in MessagePack. */
export const packed = (body: unknown): Buffer =>
  Buffer.from(msgpack.encode(makeRecord({ body })) as Uint8Array);

/** The bodies that were found, and the places of what is damaged. */
export function decode(
  bytes: Uint8Array | string,
  options: DecodeOptions = {},
): { bodies: unknown[]; damage: number[] } {
  const damage: number[] = [];
  const records = decodeLogRecords(bytes, {
    ...options,
    onError: ({ error, position }) => {
      expect(error).toMatchObject({ code: 'ERR_DECODE', position });
      damage.push(position);
    },
  });
  return { bodies: records.map((record) => record.body), damage };
}
