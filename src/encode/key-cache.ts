import type { ByteWriter } from './byte-writer.ts';
import { ReadyBytes } from './ready-bytes.ts';

const MAX_KEYS = 2_048;
const MAX_KEY_CHARACTERS = 128;
const MAX_KEPT_CHARACTERS = 64;
/** After so many different texts in a row the field is another one each time, such as an id. */
const CHANGES_TO_GIVE_UP = 16;
/** So often it is not looked at then, before it is tried again. */
const UNSEEN_TIMES = 256;
/** Making bytes ready costs more than writing the text: only what comes again and again is worth it. */
const REPEATS_TO_KEEP = 8;

type WriteText = (writer: ByteWriter, text: string) => void;

interface KnownKey {
  readonly key: string;
  readonly bytes: ReadyBytes;
  /** The key that followed the last time. */
  next: KnownKey | undefined;
  /** The text that the field had the last time, and when it was the same several times, both as bytes. */
  text: string;
  repeats: number;
  field: ReadyBytes;
  /** Of the text, since it was the same twice. */
  changes: number;
  /** So often nobody looks whether it is. */
  unseenLeft: number;
}

const NO_BYTES = new ReadyBytes(new Uint8Array(0));

/**
 * The bytes of keys as a wire format writes them.
 *
 * An application has few different keys and uses them in every record. One that invents keys without end
 * empties the cache again and again, which costs time but never memory.
 */
export class KeyCache {
  readonly #known = new Map<string, KnownKey>();
  readonly #writeKey: WriteText;
  readonly #writeText: WriteText;
  // Records of one kind have the same keys in the same order, so the last key tells the next without a search.
  #last: KnownKey = knownKey('', NO_BYTES);

  /** `writeText` is how the wire format writes a value that is a text. */
  constructor(writeKey: WriteText, writeText: WriteText) {
    this.#writeKey = writeKey;
    this.#writeText = writeText;
  }

  /** False, and nothing written, for a key with a lone surrogate, which no wire format can hold. */
  write(writer: ByteWriter, key: string): boolean {
    const known = this.#find(key);
    if (known === undefined) return this.#writeNew(writer, key);
    writer.writeReady(known.bytes);
    return true;
  }

  /**
   * The key and a value that is a text. Many fields have the same short text in record after record, such as
   * a method, a route, a host: it is kept with its key.
   */
  writeField(writer: ByteWriter, key: string, text: string): boolean {
    const known = this.#find(key);
    if (known === undefined) {
      if (!this.#writeNew(writer, key)) return false;
      this.#writeText(writer, text);
    } else if (known.repeats >= REPEATS_TO_KEEP && text === known.text) {
      writer.writeReady(known.field);
    } else {
      this.#writeKnown(writer, known, text);
    }
    return true;
  }

  #writeKnown(writer: ByteWriter, known: KnownKey, text: string): void {
    if (known.unseenLeft > 0) known.unseenLeft--;
    else if (text.length <= MAX_KEPT_CHARACTERS) {
      if (text === known.text) {
        this.#writeRepeated(writer, known);
        return;
      }
      noteChange(known, text);
    }
    writer.writeReady(known.bytes);
    this.#writeText(writer, text);
  }

  #find(key: string): KnownKey | undefined {
    const guess = this.#last.next;
    if (guess !== undefined && guess.key === key) {
      this.#last = guess;
      return guess;
    }
    const known = this.#known.get(key);
    if (known === undefined) return undefined;
    this.#last.next = known;
    this.#last = known;
    return known;
  }

  #writeRepeated(writer: ByteWriter, known: KnownKey): void {
    const { nestingBytes, position } = writer;
    writer.writeReady(known.bytes);
    this.#writeText(writer, known.text);
    known.repeats++;
    known.changes = 0;
    if (known.repeats >= REPEATS_TO_KEEP) known.field = writer.readySince(position, nestingBytes);
  }

  #writeNew(writer: ByteWriter, key: string): boolean {
    if (!key.isWellFormed()) return false;
    const { nestingBytes, position } = writer;
    this.#writeKey(writer, key);
    if (key.length <= MAX_KEY_CHARACTERS) {
      if (this.#known.size >= MAX_KEYS) this.#forget();
      this.#known.set(key, knownKey(key, writer.readySince(position, nestingBytes)));
    }
    return true;
  }

  #forget(): void {
    this.#known.clear();
    this.#last = knownKey('', NO_BYTES);
  }
}

function knownKey(key: string, bytes: ReadyBytes): KnownKey {
  return {
    key,
    bytes,
    next: undefined,
    text: '',
    repeats: 0,
    field: NO_BYTES,
    changes: 0,
    unseenLeft: 0,
  };
}

/** To compare and keep a text is in vain where no two records have the same one. */
function noteChange(known: KnownKey, text: string): void {
  known.repeats = 0;
  known.changes++;
  if (known.changes < CHANGES_TO_GIVE_UP) {
    known.text = text;
    return;
  }
  known.text = '';
  known.unseenLeft = UNSEEN_TIMES;
  // Two looks tell whether it still changes.
  known.changes = CHANGES_TO_GIVE_UP - 2;
}
