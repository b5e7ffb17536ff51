import { ByteWriter } from '../encode/byte-writer.ts';
import { NO_RUN, type Run, type RunExpander } from './run-expander.ts';
import { readZstdFrameHeader, skippableFrameEnd, type ZstdFrameHeader } from './zstd-frame.ts';

/** What a frame holds that is read here: a decompressor is not dear for a larger one. */
const MAX_CONTENT_BYTES = 65_536;
const MAX_OUTPUT_BYTES = 1_048_576;
const BLOCK_HEADER_BYTES = 3;
const RAW = 0;
const REPEATED = 1;

/**
 * Node.js expands one zstd frame in a call. What is too small to be made smaller stands in its frame as it is
 * (RFC 8878 section 3.1.1.2), so frames of such blocks, empty ones and skippable ones are read here.
 */
export class ZstdRuns implements RunExpander {
  #output: ByteWriter | undefined;

  expand(bytes: Buffer, room: number): Run {
    this.#output ??= new ByteWriter();
    const output = this.#output;
    output.reset();
    const maxBytes = Math.min(room, MAX_OUTPUT_BYTES);
    let end = 0;
    while (end < bytes.length) {
      const next = skippableFrameEnd(bytes, end) ?? readFrame(bytes, end, output, maxBytes);
      if (next === undefined) break;
      end = next;
    }
    return end === 0 ? NO_RUN : { output: ownCopy(output), usedBytes: end, wastedBytes: 0 };
  }
}

function ownCopy(output: ByteWriter): Buffer {
  return Buffer.from(output.buffer.subarray(0, output.position));
}

/** Appends what a frame holds and answers where it ends; undefined for one that is not read here. */
function readFrame(
  bytes: Buffer,
  start: number,
  output: ByteWriter,
  maxBytes: number,
): number | undefined {
  const header = readZstdFrameHeader(bytes, start);
  // A checksum is one of XXH64, which Node.js has no function for.
  if (header === undefined || header.hasChecksum) return undefined;
  const before = output.position;
  const room = Math.min(MAX_CONTENT_BYTES, maxBytes - before);
  const end = readBlocks(bytes, header, output, before + room);
  const { contentBytes = output.position - before } = header;
  if (end !== undefined && contentBytes === output.position - before) return end;
  output.position = before;
  return undefined;
}

function readBlocks(
  bytes: Buffer,
  header: ZstdFrameHeader,
  output: ByteWriter,
  maxPosition: number,
): number | undefined {
  let at = header.end;
  for (;;) {
    if (bytes.length - at < BLOCK_HEADER_BYTES) return undefined;
    const block = bytes.readUIntLE(at, BLOCK_HEADER_BYTES);
    const size = block >> 3;
    if (size > header.maxBlockBytes || size > maxPosition - output.position) return undefined;
    const end = writeBlock(bytes, at + BLOCK_HEADER_BYTES, (block >> 1) & 3, size, output);
    if (end === undefined) return undefined;
    at = end;
    if ((block & 1) !== 0) return at;
  }
}

function writeBlock(
  bytes: Buffer,
  start: number,
  type: number,
  size: number,
  output: ByteWriter,
): number | undefined {
  if (type === RAW && start + size <= bytes.length) {
    if (size > 0) output.writeBytes(bytes.subarray(start, start + size));
    return start + size;
  }
  if (type === REPEATED && size > 0 && start < bytes.length) {
    output.ensure(size);
    output.buffer.fill(bytes.readUInt8(start), output.position, output.position + size);
    output.position += size;
    return start + 1;
  }
  return undefined;
}
