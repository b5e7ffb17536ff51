import { DecodeError } from './decode-error.ts';
import {
  checkDecodeOptions,
  DEFAULT_MAX_BYTES,
  type DecodeOptions,
  wrongArgument,
} from './decode-options.ts';
import type { DecodedLogRecord } from './decoded-log-record.ts';
import { decompressStream } from './decompress-stream.ts';
import { LogRecordDecoder } from './log-record-decoder.ts';

const SLICE_BYTES = 65_536;
const SNIFFED_BYTES = 16;

/**
 * The records of a stream of bytes, as they come; holds no more than one record and the parts that wait for
 * their siblings. As `decodeLogRecords`, but without base64.
 *
 * @throws InvalidOptionError for arguments and chunks of another type.
 * @throws DecodeError at the end when nothing at all could be decoded and there is no `onError`. An error of
 * the source itself is passed on.
 */
export async function* decodeStream(
  source: AsyncIterable<Uint8Array>,
  options: DecodeOptions = {},
): AsyncGenerator<DecodedLogRecord> {
  checkDecodeOptions(options);
  if (typeof (source as Partial<typeof source> | null)?.[Symbol.asyncIterator] !== 'function') {
    throw wrongArgument('the source', 'an async iterable of Uint8Array', source);
  }
  const { compression, encoding, maxDecompressedBytes = DEFAULT_MAX_BYTES } = options;
  let firstError: DecodeError | undefined;
  let count = 0;
  const onError = (error: DecodeError): void => {
    firstError ??= error;
    options.onError?.({ position: error.position, error });
  };
  const decoder = new LogRecordDecoder({ encoding, maxRecordBytes: maxDecompressedBytes, onError });
  try {
    for await (const slice of slices(decompressStream(source, compression, onError))) {
      for (const record of decoder.push(slice)) {
        count++;
        yield record;
      }
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    onError(error);
  }
  for (const record of decoder.end()) {
    count++;
    yield record;
  }
  if (firstError !== undefined && count === 0 && options.onError === undefined) throw firstError;
}

/** Small enough that the records of one do not fill the memory; the first long enough to tell the encoding. */
async function* slices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head !== undefined) {
      bytes = Buffer.concat([head, chunk]);
      head = bytes;
      if (bytes.length < SNIFFED_BYTES) continue;
      head = undefined;
    }
    for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
      yield bytes.subarray(start, start + SLICE_BYTES);
    }
  }
  if (head !== undefined) yield head;
}
