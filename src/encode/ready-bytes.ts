const WORD_BYTES = 8;

/**
 * A few bytes that are written again and again, such as a key: as words of eight, because a loop over
 * single bytes costs four times as much and a native copy has a fixed cost.
 *
 * They must be UTF-8 text or a header of MessagePack and UTF-8 text. No eight bytes of those are one of
 * the NaNs, which a machine may change when it moves them.
 */
export class ReadyBytes {
  readonly length: number;
  /** How many of them only nesting has added. */
  readonly nestingBytes: number;
  readonly words: Float64Array;

  constructor(bytes: Uint8Array, nestingBytes = 0) {
    this.length = bytes.length;
    this.nestingBytes = nestingBytes;
    this.words = new Float64Array(Math.ceil(bytes.length / WORD_BYTES));
    const padded = new Uint8Array(this.words.length * WORD_BYTES);
    padded.set(bytes);
    const view = new DataView(padded.buffer);
    for (let index = 0; index < this.words.length; index++) {
      this.words[index] = view.getFloat64(index * WORD_BYTES, true);
    }
  }

  /** For text of which every character is below U+0080. */
  static ofText(text: string): ReadyBytes {
    return new ReadyBytes(Buffer.from(text, 'latin1'));
  }
}
