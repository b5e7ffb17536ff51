import { approximateBytes } from '../../decode/approximate-bytes.ts';
import { type DecodedLogRecord, type DecodeError, decodeLogRecords } from '../../decode/index.ts';
import { PartJoiner } from '../../decode/part-joiner.ts';
import { MAX_RECORD_BYTES } from '../max-record-bytes.ts';
import type { EncodingOptions } from '../print/encoding-options.ts';
import type { Messages } from '../print/messages.ts';

/** Parts of split records that wait for their siblings hold so much at most. */
const MAX_PENDING_BYTES = 67_108_864;

/** Decodes messages one by one, and joins records whose parts come in several of them. */
export class MessageDecoder {
  readonly #encoding: EncodingOptions;
  readonly #messages: Messages;
  readonly #joiner = new PartJoiner(MAX_PENDING_BYTES);

  constructor({ encoding }: EncodingOptions, messages: Messages) {
    this.#encoding = encoding === undefined ? {} : { encoding };
    this.#messages = messages;
  }

  /**
   * The records in a message, called `place` in what is told of its damage. The user's word on the encoding
   * wins over `encoding`, that of the message.
   */
  read(
    bytes: Uint8Array | string,
    place: string,
    encoding?: EncodingOptions['encoding'],
  ): {
    readonly records: DecodedLogRecord[];
    readonly isDamaged: boolean;
    readonly hasParts: boolean;
  } {
    const errors: DecodeError[] = [];
    const pieces = decodeLogRecords(bytes, {
      ...(encoding === undefined ? {} : { encoding }),
      ...this.#encoding,
      maxDecompressedBytes: MAX_RECORD_BYTES,
      onError: ({ error }) => errors.push(error),
    });
    const hasParts = pieces.some(({ part }) => part !== undefined);
    // To the decoder a message is all there is; here the other parts may be in the next one.
    const damages = hasParts ? errors.filter((error) => !isMissingParts(error)) : errors;
    for (const { message } of damages) this.#messages.warn(`${place}: ${message}`);
    const records = pieces.flatMap((piece) => this.#joined(piece, place));
    return { records, isDamaged: damages.length > 0, hasParts };
  }

  #joined(piece: DecodedLogRecord, place: string): DecodedLogRecord[] {
    if (piece.part === undefined) return [piece];
    return this.#joiner.add(piece, 0, approximateBytes(piece)).flatMap(({ error, records }) => {
      if (error !== undefined) this.#messages.warn(`${place}: ${error.message}`);
      return records;
    });
  }
}

function isMissingParts({ message }: DecodeError): boolean {
  return message.startsWith('A split record of which');
}
