import type { ByteWriter } from './byte-writer.ts';

/** Up to here a loop over the characters beats the fixed cost of a native call. */
const SHORT_CHARACTERS = 12;
const LONGEST_HEADER_BYTES = 5;

/** Writes a str of MessagePack; lone surrogates become U+FFFD, because a str is valid UTF-8. */
export function writeMsgpackString(writer: ByteWriter, text: string): void {
  if (text.length > SHORT_CHARACTERS || !writeShort(writer, text)) writeLong(writer, text);
}

function writeShort(writer: ByteWriter, text: string): boolean {
  const length = text.length;
  writer.ensure(length + 1);
  const { buffer, position } = writer;
  buffer[position] = 0xa0 | length;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return false;
    buffer[position + 1 + index] = code;
  }
  writer.position = position + 1 + length;
  return true;
}

function writeLong(writer: ByteWriter, text: string): void {
  writer.ensure(LONGEST_HEADER_BYTES);
  const start = writer.position;
  // Most text is ASCII: its header is as long as the number of characters asks for.
  const guess = headerBytes(text.length);
  writer.position = start + guess;
  const length = writer.writeUtf8(text);
  const actual = headerBytes(length);
  if (actual !== guess) {
    writer.ensure(actual - guess);
    writer.buffer.copyWithin(start + actual, start + guess, writer.position);
    writer.position += actual - guess;
  }
  writeHeader(writer.view, start, length);
}

function headerBytes(length: number): number {
  if (length < 32) return 1;
  if (length <= 0xff) return 2;
  return length <= 0xffff ? 3 : LONGEST_HEADER_BYTES;
}

function writeHeader(view: DataView, start: number, length: number): void {
  if (length < 32) {
    view.setUint8(start, 0xa0 | length);
  } else if (length <= 0xff) {
    view.setUint16(start, 0xd900 | length);
  } else if (length <= 0xffff) {
    view.setUint8(start, 0xda);
    view.setUint16(start + 1, length);
  } else {
    view.setUint8(start, 0xdb);
    view.setUint32(start + 1, length);
  }
}
