const WORD_BYTES = 8;

/**
 * A few bytes that are written again and again, such as a key: as words of eight, because a loop over
 * single bytes costs four times as much and a native copy has a fixed cost.
 *
 * They must be UTF-8 text, or have a header of MessagePack in front, or several for texts of fewer than 240 bytes. No
 * eight bytes of those are one of the NaNs, which do not keep their bits in a list of numbers.
 */
export class ReadyBytes {
  readonly length: number;
  /** How many of them only nesting has added. */
  readonly nestingBytes: number;
  /** Not a typed array: V8 asks it each time whether its memory was taken away. */
  readonly words: readonly number[];

  /** @throws RangeError for bytes that a number cannot hold. */
  constructor(bytes: Uint8Array, nestingBytes = 0) {
    this.length = bytes.length;
    this.nestingBytes = nestingBytes;
    const padded = new Uint8Array(Math.ceil(bytes.length / WORD_BYTES) * WORD_BYTES);
    padded.set(bytes);
    const view = new DataView(padded.buffer);
    const words: number[] = [];
    for (let at = 0; at < padded.length; at += WORD_BYTES) words.push(view.getFloat64(at, true));
    if (words.some(Number.isNaN)) {
      throw new RangeError(
        'Bytes that are not text cannot be made ready: write them with `writeBytes`',
      );
    }
    this.words = words;
  }

  /** For text of which every character is below U+0080. */
  static ofText(text: string): ReadyBytes {
    return new ReadyBytes(Buffer.from(text, 'latin1'));
  }
}
