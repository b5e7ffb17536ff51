import { approximateBytes } from './approximate-bytes.ts';
import { DecodeError } from './decode-error.ts';
import {
  checkDecodeOptions,
  DEFAULT_MAX_BYTES,
  type DecodeOptions,
  isBytes,
  maxHeldBytes,
  wrongArgument,
} from './decode-options.ts';
import { type DecodedLogRecord, emptyRecord } from './decoded-log-record.ts';
import { decompressBytes } from './decompress-bytes.ts';
import { HeldRecords } from './held-records.ts';
import { LogRecordDecoder } from './log-record-decoder.ts';
import { sniffCompression } from './sniff.ts';
import { unwrapBase64 } from './unwrap-base64.ts';

const EMPTY_RECORD_BYTES = approximateBytes(emptyRecord());

/**
 * The records in bytes that any encoding of this package made: lines, an array, objects in a row, a form,
 * MessagePack, OTLP/JSON, compressed or not, also as base64 text. Parts of split records are joined.
 *
 * Damage is told to `onError` and never hides what stands beside it.
 * @throws InvalidOptionError for arguments of another type.
 * @throws DecodeError when nothing at all could be decoded and there is no `onError`.
 */
export function decodeLogRecords(
  bytes: Uint8Array | string,
  options: DecodeOptions = {},
): DecodedLogRecord[] {
  checkDecodeOptions(options);
  const errors: DecodeError[] = [];
  const input = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  if (!isBytes(input)) throw wrongArgument('the bytes', 'a Uint8Array or a string', bytes);
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
  const inside = options.encoding === 'body' ? undefined : unwrapBase64(input);
  if (inside !== undefined) {
    const errors: DecodeError[] = [];
    const records = decodePieces(inside, options, (error) => errors.push(error));
    // Many a word is base64 by its letters: what holds no record is the text that it looks like.
    if (records.some((record) => approximateBytes(record) > EMPTY_RECORD_BYTES)) {
      for (const error of errors) onError(error);
      return records;
    }
  }
  return decodePieces([input], options, onError);
}

function decodePieces(
  pieces: Iterable<Uint8Array>,
  options: DecodeOptions,
  onError: (error: DecodeError) => void,
): DecodedLogRecord[] {
  const { encoding, maxDecompressedBytes = DEFAULT_MAX_BYTES } = options;
  const held = new HeldRecords(maxHeldBytes(maxDecompressedBytes));
  const tell = (error: DecodeError): void => {
    held.addError();
    onError(error);
  };
  const decoder = new LogRecordDecoder({
    encoding,
    maxRecordBytes: maxDecompressedBytes,
    onError: tell,
  });
  let room = maxDecompressedBytes;
  for (const piece of pieces) {
    const compression = options.compression ?? sniffCompression(piece);
    const expanded = decompressBytes(piece, compression, room);
    for (const error of expanded.errors) tell(error);
    room -= expanded.bytes.length;
    held.addAll(decoder.push(expanded.bytes));
    if (held.isFull) break;
  }
  if (!held.isFull) held.addAll(decoder.end());
  if (!held.isFull) return held.records;
  onError(new DecodeError(held.fullMessage, decoder.position));
  // What waits for its siblings was decoded too.
  for (const part of decoder.giveUp()) held.records.push(part);
  return held.records;
}
