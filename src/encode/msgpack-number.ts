import type { ByteWriter } from './byte-writer.ts';

const LONGEST_BYTES = 9;

/** Writes a number in its shortest form: those of more than 32 bits are floats, exact as they are in JavaScript. */
export function writeMsgpackNumber(writer: ByteWriter, value: number): void {
  writer.ensure(LONGEST_BYTES);
  const { position, view } = writer;
  if (value >>> 0 === value && !Object.is(value, -0)) {
    writer.position = writeUnsigned(view, position, value);
  } else if ((value | 0) === value && value < 0) {
    writer.position = writeNegative(view, position, value);
  } else {
    view.setUint8(position, 0xcb);
    view.setFloat64(position + 1, value);
    writer.position = position + 9;
  }
}

function writeUnsigned(view: DataView, start: number, value: number): number {
  if (value < 0x80) {
    view.setUint8(start, value);
    return start + 1;
  }
  if (value <= 0xff) {
    view.setUint16(start, 0xcc00 | value);
    return start + 2;
  }
  if (value <= 0xffff) {
    view.setUint8(start, 0xcd);
    view.setUint16(start + 1, value);
    return start + 3;
  }
  view.setUint8(start, 0xce);
  view.setUint32(start + 1, value);
  return start + 5;
}

function writeNegative(view: DataView, start: number, value: number): number {
  if (value >= -0x20) {
    view.setInt8(start, value);
    return start + 1;
  }
  if (value >= -0x80) {
    view.setUint16(start, 0xd000 | (value & 0xff));
    return start + 2;
  }
  if (value >= -0x8000) {
    view.setUint8(start, 0xd1);
    view.setInt16(start + 1, value);
    return start + 3;
  }
  view.setUint8(start, 0xd2);
  view.setInt32(start + 1, value);
  return start + 5;
}
