import type { ByteWriter } from './byte-writer.ts';

const ARRAY = 0x90;
const MAP = 0x80;
const WIDE_ARRAY = 0xdc;
const WIDE_MAP = 0xde;

/** Begins an array of at most `maxLength` elements; the answer goes to `endMsgpackArray`. */
export function beginMsgpackArray(writer: ByteWriter, maxLength: number): number {
  return beginContainer(writer, maxLength, ARRAY, WIDE_ARRAY);
}

export function endMsgpackArray(writer: ByteWriter, token: number, length: number): void {
  endContainer(writer, token, length, ARRAY);
}

/** Begins a map of at most `maxLength` fields; the answer goes to `endMsgpackMap`. */
export function beginMsgpackMap(writer: ByteWriter, maxLength: number): number {
  return beginContainer(writer, maxLength, MAP, WIDE_MAP);
}

export function endMsgpackMap(writer: ByteWriter, token: number, length: number): void {
  endContainer(writer, token, length, MAP);
}

/** Writes a header wide enough for `maxLength`; the true length is set afterwards, at the answered position. */
function beginContainer(writer: ByteWriter, maxLength: number, fix: number, wide: number): number {
  writer.ensure(5);
  const start = writer.position;
  if (maxLength < 16) {
    writer.buffer[start] = fix;
    writer.position = start + 1;
  } else if (maxLength <= 0xffff) {
    writer.buffer[start] = wide;
    writer.position = start + 3;
  } else {
    writer.buffer[start] = wide + 1;
    writer.position = start + 5;
  }
  return start;
}

function endContainer(writer: ByteWriter, start: number, length: number, fix: number): void {
  const { buffer, view } = writer;
  const header = buffer[start] ?? 0;
  if ((header & 0xf0) === fix) buffer[start] = fix | length;
  else if ((header & 1) === 0) view.setUint16(start + 1, length);
  else view.setUint32(start + 1, length);
}
