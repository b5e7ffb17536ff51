import type { DecodeError } from './decode-error.ts';
import { checkDecodeOptions, DEFAULT_MAX_BYTES, type DecodeOptions } from './decode-options.ts';
import type { DecodedLogRecord } from './decoded-log-record.ts';
import { decompressBytes } from './decompress-bytes.ts';
import { LogRecordDecoder } from './log-record-decoder.ts';
import { sniffCompression } from './sniff.ts';
import { unwrapBase64 } from './unwrap-base64.ts';

/**
 * The records in bytes that any encoding of this package made: lines, an array, objects in a row, a form,
 * MessagePack, OTLP/JSON, compressed or not, also as base64 text. Parts of split records are joined.
 *
 * Damage is told to `onError` and never hides what stands beside it.
 * @throws DecodeError when nothing at all could be decoded and there is no `onError`.
 */
export function decodeLogRecords(
  bytes: Uint8Array | string,
  options: DecodeOptions = {},
): DecodedLogRecord[] {
  checkDecodeOptions(options);
  const errors: DecodeError[] = [];
  const input = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const records = decodeAll(input, options, (error) => {
    errors.push(error);
    options.onError?.({ position: error.position, error });
  });
  const [first] = errors;
  if (first !== undefined && records.length === 0 && options.onError === undefined) throw first;
  return records;
}

function decodeAll(
  input: Uint8Array,
  options: DecodeOptions,
  onError: (error: DecodeError) => void,
): DecodedLogRecord[] {
  const { encoding, maxDecompressedBytes = DEFAULT_MAX_BYTES } = options;
  const decoder = new LogRecordDecoder({ encoding, maxRecordBytes: maxDecompressedBytes, onError });
  const records: DecodedLogRecord[] = [];
  let room = maxDecompressedBytes;
  for (const piece of encoding === 'body' ? [input] : (unwrapBase64(input) ?? [input])) {
    const compression = options.compression ?? sniffCompression(piece);
    const expanded = decompressBytes(piece, compression, room);
    for (const error of expanded.errors) onError(error);
    room -= expanded.bytes.length;
    for (const record of decoder.push(expanded.bytes)) records.push(record);
  }
  for (const record of decoder.end()) records.push(record);
  return records;
}
