import assert from 'node:assert/strict';

const FIXED_BYTES: Readonly<Record<number, number>> = {
  192: 0,
  194: 0,
  195: 0,
  202: 4,
  203: 8,
  204: 1,
  205: 2,
  206: 4,
  207: 8,
  208: 1,
  209: 2,
  210: 4,
  211: 8,
  212: 2,
  213: 3,
  214: 5,
  215: 9,
  216: 17,
};

/**
 * Walks over one MessagePack value by the specification alone, without the reader of this package; answers
 * where it ends. Throws for bytes that are none, and for strings that are no UTF-8.
 */
export function endOfMsgpack(bytes: Buffer, start: number): number {
  const type = bytes.readUInt8(start);
  const at = start + 1;
  if (type <= 0x7f || type >= 0xe0) return at;
  if (type <= 0x8f) return endOfMap(bytes, at, type & 0x0f);
  if (type <= 0x9f) return endOfItems(bytes, at, type & 0x0f);
  if (type <= 0xbf) return endOfText(bytes, at, type & 0x1f);
  const fixed = FIXED_BYTES[type];
  if (fixed !== undefined) return within(bytes, at + fixed);
  const lengthBytes = lengthBytesOf(type);
  const length = bytes.readUIntBE(at, lengthBytes);
  const from = at + lengthBytes;
  if (type <= 0xc6) return within(bytes, from + length);
  if (type <= 0xc9) return within(bytes, from + 1 + length);
  if (type <= 0xdb) return endOfText(bytes, from, length);
  return type <= 0xdd ? endOfItems(bytes, from, length) : endOfMap(bytes, from, length);
}

function lengthBytesOf(type: number): number {
  if ([0xc4, 0xc7, 0xd9].includes(type)) return 1;
  if ([0xc5, 0xc8, 0xda, 0xdc, 0xde].includes(type)) return 2;
  if ([0xc6, 0xc9, 0xdb, 0xdd, 0xdf].includes(type)) return 4;
  throw new Error(`No type: ${type}`);
}

function endOfItems(bytes: Buffer, start: number, count: number): number {
  let at = start;
  for (let index = 0; index < count; index += 1) at = endOfMsgpack(bytes, at);
  return at;
}

function endOfMap(bytes: Buffer, start: number, count: number): number {
  const keys = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const type = bytes.readUInt8(at);
    assert.ok((type >= 0xa0 && type <= 0xbf) || (type >= 0xd9 && type <= 0xdb), 'a key of text');
    const end = endOfMsgpack(bytes, at);
    keys.add(bytes.toString('latin1', at, end));
    at = endOfMsgpack(bytes, end);
  }
  assert.equal(keys.size, count, 'a key is there twice');
  return at;
}

function endOfText(bytes: Buffer, start: number, length: number): number {
  const end = within(bytes, start + length);
  new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
  return end;
}

function within(bytes: Buffer, end: number): number {
  assert.ok(end <= bytes.length, 'the value goes on behind the end');
  return end;
}
