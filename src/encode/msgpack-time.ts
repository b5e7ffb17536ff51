import type { HrTime } from '@opentelemetry/api';
import type { ByteWriter } from './byte-writer.ts';
import { normalTime } from './normal-time.ts';

const LONGEST_BYTES = 15;
const SECONDS_OF_34_BITS = 2 ** 34;
const UINT32 = 2 ** 32;

/** Writes the timestamp extension (type -1) in its shortest form; false, and nothing written, for no time. */
export function writeMsgpackTime(writer: ByteWriter, time: HrTime): boolean {
  const normal = normalTime(time);
  if (normal === undefined || !Number.isSafeInteger(normal[0])) return false;
  const [seconds, nanos] = normal;
  writer.ensure(LONGEST_BYTES);
  const { buffer, position } = writer;
  if (seconds >= 0 && seconds < UINT32 && nanos === 0) {
    buffer[position] = 0xd6;
    buffer[position + 1] = 0xff;
    writer.position = buffer.writeUInt32BE(seconds, position + 2);
  } else if (seconds >= 0 && seconds < SECONDS_OF_34_BITS) {
    // 30 bits of nanoseconds, then 34 bits of seconds.
    buffer[position] = 0xd7;
    buffer[position + 1] = 0xff;
    buffer.writeUInt32BE(nanos * 4 + Math.floor(seconds / UINT32), position + 2);
    writer.position = buffer.writeUInt32BE(seconds % UINT32, position + 6);
  } else {
    buffer[position] = 0xc7;
    buffer[position + 1] = 12;
    buffer[position + 2] = 0xff;
    buffer.writeUInt32BE(nanos, position + 3);
    writer.position = buffer.writeBigInt64BE(BigInt(seconds), position + 7);
  }
  return true;
}
