import { types } from 'node:util';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { catchLater } from '../call-user-function.ts';
import { ByteWriter } from '../encode/byte-writer.ts';
import { fitRecord } from '../encode/fit-record.ts';
import { jsonContent } from '../encode/json-string.ts';
import type {
  LogRecordEncoder,
  RecordSequence,
  RecordWriter,
} from '../encode/log-record-encoder.ts';
import { withNote } from '../encode/with-note.ts';
import type { ByteSlabs } from '../pack/byte-slabs.ts';
import type { EntryFrame } from '../pack/entry-frame.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import type { DropReason } from '../send/send-outcome.ts';
import { keptBytes } from './kept-memory.ts';

/**
 * A record as bytes: so many that were written in place, in the slabs that were given; else one piece, or
 * several when it was split.
 */
export type EncodedPieces = number | NestedPiece | { readonly pieces: readonly Uint8Array[] };

/** A record as it stands in a JSON string: so many bytes that were written in place, or the bytes. */
export interface NestedPiece {
  readonly nested: number | Uint8Array;
  /** Lies around what was written in place, and is counted with it; undefined for bytes that lie elsewhere. */
  readonly frame: EntryFrame | undefined;
  /** What it takes by itself. */
  readonly byteCount: number;
}

/** The same, or why there are none. */
export type EncodedRecord =
  | EncodedPieces
  | { readonly reason: DropReason; readonly bytes: number; readonly error: Error };

export interface PieceEncoderOptions {
  readonly encoder: LogRecordEncoder | RecordWriter;
  /** Only then it may write beside the bytes of others. Default false. */
  readonly isBuiltInEncoder?: boolean;
  /** Records lie nested in the slabs, where the encoder can write them so. Default false. */
  readonly isNested?: boolean;
  /** Written around each of them. Default: nothing is. */
  readonly frame?: EntryFrame | undefined;
  readonly limits: PackLimits;
  readonly delimiter: string;
  readonly oversize: 'truncate' | 'split' | 'drop';
  readonly createId: () => string;
  readonly maxBufferedBytes: number;
}

const INITIAL_BYTES = 16 * 1024;
/** The writer asks for three bytes a character, as it does not know what they take. */
const ROOM_FOR_EACH_BYTE = 3;
/** Of the bound on memory: a larger record is cut, not split. */
const MAX_SPLIT_SHARE = 1 / 2;

/** Encodes records into pieces that fit an entry. A piece is only good until the next call. */
export class PieceEncoder {
  readonly #options: PieceEncoderOptions;
  readonly #delimiter: Uint8Array;
  readonly #delimiterBytes: number;
  readonly #nestedDelimiter: Uint8Array;
  readonly #writer: ByteWriter;
  /** The encoder, where it is one that writes straight into bytes. */
  readonly #recordWriter: RecordWriter | undefined;
  readonly #minBytes: number;
  /** Of the record before, whatever its target: the next one is guessed to be alike. */
  #lastByteCount = 0;

  constructor(options: PieceEncoderOptions) {
    this.#options = options;
    this.#writer = new ByteWriter(INITIAL_BYTES, keptBytes('encoding', options.maxBufferedBytes));
    this.#delimiter = options.encoder.isText ? Buffer.from(options.delimiter) : Buffer.alloc(0);
    this.#delimiterBytes = this.#delimiter.length;
    this.#nestedDelimiter = Buffer.from(jsonContent(options.delimiter));
    this.#recordWriter = 'write' in options.encoder ? options.encoder : undefined;
    this.#minBytes = options.limits.minEntryBytes ?? 0;
  }

  /**
   * @param sequence The record's number, where it is to carry one.
   * @param maxEntryBytes What the record's target takes, where that is less than the limits say.
   * @param slabs Where the piece is to be kept: most records are written there at once.
   * @param timeMillis The time of its entry, for a frame.
   */
  encode(
    record: ReadableLogRecord,
    sequence?: RecordSequence,
    maxEntryBytes: number = this.#options.limits.maxEntryBytes,
    slabs?: ByteSlabs,
    timeMillis: number = Number.NaN,
  ): EncodedRecord {
    const maxBytes = maxEntryBytes - this.#delimiterBytes;
    const recordWriter = this.#recordWriter;
    try {
      const atLeastBytes = recordWriter === undefined ? 0 : bodyLength(record);
      if (atLeastBytes > maxBytes) return this.#fit(record, { atLeastBytes }, sequence, maxBytes);
      const encoded =
        recordWriter === undefined
          ? this.#encodeByUser(record)
          : this.#write(recordWriter, record, sequence, slabs, timeMillis);
      const byteCount = bytesOf(encoded);
      this.#lastByteCount = byteCount;
      const exactBytes = byteCount - this.#delimiterBytes;
      if (exactBytes > maxBytes) return this.#fit(record, { exactBytes }, sequence, maxBytes);
      return byteCount < this.#minBytes ? lostAsEmpty() : encoded;
    } catch (cause) {
      const error = new Error('The encoder threw', { cause });
      return { reason: 'invalid', bytes: 0, error };
    }
  }

  /** How many bytes there are when they lie in `slabs`, else themselves. Only what lies there may be nested. */
  #write(
    recordWriter: RecordWriter,
    record: ReadableLogRecord,
    sequence: RecordSequence | undefined,
    slabs: ByteSlabs | undefined,
    timeMillis: number,
  ): EncodedPieces {
    const { isBuiltInEncoder = false, isNested = false } = this.#options;
    const writer = this.#writer;
    if (slabs === undefined || !isBuiltInEncoder) writer.reset();
    else {
      slabs.makeRoom(this.#lastByteCount * ROOM_FOR_EACH_BYTE);
      writer.startIn(slabs.memory, slabs.view, slabs.used);
    }
    const start = writer.position;
    const note = sequence === undefined ? undefined : { sequence };
    if (!isNested || slabs === undefined || recordWriter.writeNested === undefined) {
      recordWriter.write(record, writer, note);
      if (this.#delimiterBytes > 0) writer.writeBytes(this.#delimiter);
      const written = this.#written(start, slabs);
      return typeof written === 'number' ? written : { pieces: [written] };
    }
    const frame = this.#beginFrame(timeMillis);
    const byteCount = recordWriter.writeNested(record, writer, note) + this.#delimiterBytes;
    writer.writeBytes(this.#nestedDelimiter);
    return frame === undefined
      ? { nested: this.#written(start, slabs), frame, byteCount }
      : this.#endFrame(frame, start, slabs, byteCount);
  }

  #encodeByUser(record: ReadableLogRecord): EncodedPieces {
    const encoded: unknown = catchLater(this.#options.encoder.encode(record));
    if (typeof encoded === 'string')
      return { pieces: [this.#terminate(Buffer.from(encoded.toWellFormed()))] };
    // Works for bytes of another realm too. A promise or a list would count as no bytes at all.
    if (types.isUint8Array(encoded)) return { pieces: [this.#terminate(encoded)] };
    throw new TypeError('Expected the encoder to answer a text or a Uint8Array');
  }

  #beginFrame(timeMillis: number): EntryFrame | undefined {
    const { frame } = this.#options;
    const before = frame?.before(timeMillis);
    if (before === undefined) return undefined;
    this.#writer.writeBytes(before);
    return frame;
  }

  /** What was written since the writer stood at `start`; only in place it keeps its frame. */
  #endFrame(frame: EntryFrame, start: number, slabs: ByteSlabs, byteCount: number): NestedPiece {
    this.#writer.writeBytes(frame.behind);
    const nested = this.#written(start, slabs);
    if (typeof nested === 'number') return { nested, frame, byteCount };
    const end = nested.length - frame.behind.length;
    return { nested: nested.subarray(frame.beforeLength, end), frame: undefined, byteCount };
  }

  #written(start: number, slabs: ByteSlabs | undefined): Uint8Array | number {
    const { buffer, position } = this.#writer;
    return buffer === slabs?.memory ? position - start : buffer.subarray(start, position);
  }

  #fit(
    record: ReadableLogRecord,
    size: { readonly exactBytes: number } | { readonly atLeastBytes: number },
    sequence: RecordSequence | undefined,
    maxBytes: number,
  ): EncodedRecord {
    const { createId, encoder, maxBufferedBytes, oversize } = this.#options;
    const isExact = 'exactBytes' in size;
    const bytes = isExact ? size.exactBytes : size.atLeastBytes;
    const tooLarge = `A record of ${bytes} bytes${isExact ? '' : ' and more'} exceeds the ${maxBytes} bytes of an entry`;
    if (oversize === 'drop') return lost('too_large', bytes, tooLarge);
    const numbered =
      sequence !== undefined && 'write' in encoder ? withNote(encoder, { sequence }) : encoder;
    // In parts a giant would fill the memory at once; cut it is no worse than other large records.
    const mode = bytes > maxBufferedBytes * MAX_SPLIT_SHARE ? 'truncate' : oversize;
    const pieces = fitAny(record, numbered, {
      maxBytes,
      mode,
      createId,
      ...(isExact ? { originalBytes: bytes } : {}),
    });
    if (pieces === undefined)
      return lost('too_large', bytes, `${tooLarge} and cannot be cut to fit`);
    return { pieces: pieces.map((piece) => this.#terminate(piece)) };
  }

  #terminate(content: Uint8Array): Uint8Array {
    return this.#delimiterBytes === 0 ? content : Buffer.concat([content, this.#delimiter]);
  }
}

/** What they take by themselves, all together. */
export function bytesOf(encoded: EncodedPieces): number {
  return typeof encoded === 'number' ? encoded : bytesOfPieces(encoded);
}

function bytesOfPieces(encoded: Exclude<EncodedPieces, number>): number {
  if ('nested' in encoded) return encoded.byteCount;
  return encoded.pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** An own encoder that took the whole record may fail on a cut one, for example without its body. */
function fitAny(...args: Parameters<typeof fitRecord>): ReturnType<typeof fitRecord> {
  try {
    return fitRecord(...args);
  } catch (error) {
    if ('write' in args[1]) throw error;
    return undefined;
  }
}

/** Text has at least as many bytes as characters: a giant need not be encoded to know that it is one. */
function bodyLength(record: ReadableLogRecord): number {
  try {
    return typeof record.body === 'string' ? record.body.length : 0;
  } catch {
    // The encoder writes a mark in its place.
    return 0;
  }
}

function lostAsEmpty(): EncodedRecord {
  const message = 'The record is empty in this encoding and the service takes no empty entry';
  return lost('invalid', 0, message);
}

function lost(reason: DropReason, bytes: number, message: string): EncodedRecord {
  return { reason, bytes, error: new Error(message) };
}
