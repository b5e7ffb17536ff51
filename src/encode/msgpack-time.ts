import type { ByteWriter } from './byte-writer.ts';

const LONGEST_BYTES = 15;
const SECONDS_OF_34_BITS = 2 ** 34;
const UINT32 = 2 ** 32;

/** Writes a normal time of whole seconds as the timestamp extension (type -1) in its shortest form. */
export function writeMsgpackTime(writer: ByteWriter, seconds: number, nanos: number): void {
  writer.ensure(LONGEST_BYTES);
  if (seconds < 0 || seconds >= SECONDS_OF_34_BITS) writeLongest(writer, seconds, nanos);
  else if (nanos === 0 && seconds < UINT32) writeShortest(writer, seconds);
  else {
    const { position, view } = writer;
    // 30 bits of nanoseconds, then 34 bits of seconds, of which the view takes the lower 32.
    view.setUint16(position, 0xd7ff);
    const upper = seconds < UINT32 ? 0 : Math.floor(seconds / UINT32);
    view.setInt32(position + 2, (nanos << 2) | upper);
    view.setUint32(position + 6, seconds);
    writer.position = position + 10;
  }
}

function writeShortest(writer: ByteWriter, seconds: number): void {
  const { position, view } = writer;
  view.setUint16(position, 0xd6ff);
  view.setUint32(position + 2, seconds);
  writer.position = position + 6;
}

function writeLongest(writer: ByteWriter, seconds: number, nanos: number): void {
  const { position, view } = writer;
  view.setUint16(position, 0xc70c);
  view.setUint8(position + 2, 0xff);
  view.setUint32(position + 3, nanos);
  view.setBigInt64(position + 7, BigInt(seconds));
  writer.position = position + 15;
}
