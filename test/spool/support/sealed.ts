import { crc32 } from 'node:zlib';

/** With a right checksum, as if written so. */
export function sealed(head: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(head));
  return Buffer.concat([head, sum]);
}
