import { ReadyBytes } from './ready-bytes.ts';

/** Buffer's own writers, present in every Node.js line that this package runs on but left out of its types. */
interface FastBuffer extends Buffer {
  utf8Write(text: string, offset: number): number;
  latin1Write(text: string, offset: number): number;
}

/** Several hundred records of some kilobytes: a fresh buffer each time costs more than filling it. */
const KEEP_BYTES = 4_194_304;
const GIANT_CHARACTERS = 1_048_576;
const SHORT_COPY_BYTES = 12;
const WORD_BYTES = 8;

/**
 * One growing buffer that many records are written into, one after the other.
 *
 * The encoders write at `position` themselves, after `ensure` has made room: a call for each byte would
 * cost more than the byte.
 */
export class ByteWriter {
  buffer: FastBuffer;
  /** The same memory, for several bytes at a time, wherever they begin. */
  view: DataView;
  position = 0;
  /** Where that memory ends: to ask it costs more, as V8 looks each time whether it was taken away. */
  #end: number;
  /** How many of the bytes only nesting has added (json-quoting.ts). */
  nestingBytes = 0;
  readonly #initialBytes: number;
  readonly #keptBytes: number;
  /** Memory of its own, while it writes into that of somebody else. */
  #own: FastBuffer;
  #ownView: DataView;
  #isGiant = false;
  #start = 0;

  /** @param keptBytes A buffer that has grown beyond is given back. */
  constructor(initialBytes = 65_536, keptBytes: number = KEEP_BYTES) {
    this.#initialBytes = initialBytes;
    this.#keptBytes = Math.max(keptBytes, initialBytes);
    this.#own = allocate(initialBytes);
    this.#ownView = viewOf(this.#own);
    this.buffer = this.#own;
    this.view = this.#ownView;
    this.#end = this.#own.length;
  }

  /** Makes room for `bytes` more at `position`; `buffer` may be another one afterwards. */
  ensure(bytes: number): void {
    if (this.#end - this.position < bytes) this.#grow(bytes);
  }

  writeByte(byte: number): void {
    this.ensure(1);
    this.buffer[this.position++] = byte;
  }

  /** @param nestingBytes How many of them only nesting has added. */
  writeBytes(bytes: Uint8Array, nestingBytes = 0): void {
    const length = bytes.length;
    this.ensure(length);
    const buffer = this.buffer;
    const position = this.position;
    // A native copy has a fixed cost that a few bytes do not earn back.
    if (length > SHORT_COPY_BYTES) buffer.set(bytes, position);
    else copyEach(bytes, buffer, position);
    this.position = position + length;
    this.nestingBytes += nestingBytes;
  }

  /** Writes bytes that were made ready for it: for up to about a hundred the cheapest way. */
  writeReady(ready: ReadyBytes): void {
    const { length, nestingBytes, words } = ready;
    this.ensure(length + WORD_BYTES);
    const { position, view } = this;
    // The last word may write zeros past the end; the next bytes go over them.
    for (let index = 0, at = position; index < words.length; index++, at += WORD_BYTES) {
      view.setFloat64(at, words[index] ?? 0, true);
    }
    this.position = position + length;
    this.nestingBytes += nestingBytes;
  }

  /** Writes text of which every character is below U+0100, one byte each. */
  writeLatin1(text: string): void {
    this.ensure(text.length);
    this.position += this.buffer.latin1Write(text, this.position);
  }

  /** Writes `text` as UTF-8, lone surrogates as U+FFFD, and answers the number of bytes. */
  writeUtf8(text: string): number {
    // Three bytes are the most that one UTF-16 unit takes; for giants an exact count saves memory.
    this.ensure(text.length > GIANT_CHARACTERS ? Buffer.byteLength(text, 'utf8') : text.length * 3);
    const written = this.buffer.utf8Write(text, this.position);
    this.position += written;
    return written;
  }

  /** Takes back what was written since the writer stood there. */
  undoTo(position: number, nestingBytes: number): void {
    this.position = position;
    this.nestingBytes = nestingBytes;
  }

  /** What was written since the writer stood there, made ready to be written again. */
  readySince(position: number, nestingBytes: number): ReadyBytes {
    return new ReadyBytes(
      this.buffer.subarray(position, this.position),
      this.nestingBytes - nestingBytes,
    );
  }

  /** A copy of what was written since `start`: it stays valid when the buffer is used again. */
  copy(start = 0): Uint8Array {
    const bytes = Buffer.allocUnsafe(this.position - start);
    this.buffer.copy(bytes, 0, start, this.position);
    return bytes;
  }

  /** Starts over. A buffer that a giant record made large is given back. */
  reset(): void {
    if (this.#isGiant) this.#giveBackGiant();
    this.#start = 0;
    this.position = 0;
    this.nestingBytes = 0;
    this.#useOwn();
  }

  /** Starts over in memory of somebody else; what does not fit there moves to its own, to the same position. */
  startIn(memory: Buffer, view: DataView, position: number): void {
    if (this.#isGiant) this.#giveBackGiant();
    this.#start = position;
    this.position = position;
    this.nestingBytes = 0;
    // Nearly always it is still there; to store what is stored already would cost, as the garbage collector hears of it.
    if (this.buffer === memory) return;
    this.buffer = memory as FastBuffer;
    this.view = view;
    this.#end = memory.length;
  }

  #giveBackGiant(): void {
    this.#allocateOwn(this.#initialBytes);
  }

  #allocateOwn(bytes: number): void {
    this.#own = allocate(bytes);
    this.#ownView = viewOf(this.#own);
    this.#isGiant = bytes > this.#keptBytes;
  }

  #grow(bytes: number): void {
    const neededBytes = this.position + bytes;
    const written = this.buffer;
    if (written === this.#own || this.#own.length < neededBytes) {
      this.#allocateOwn(Math.max(written.length * 2, neededBytes));
    }
    written.copy(this.#own, this.#start, this.#start, this.position);
    this.#useOwn();
  }

  #useOwn(): void {
    this.buffer = this.#own;
    this.view = this.#ownView;
    this.#end = this.#own.length;
  }
}

function copyEach(bytes: Uint8Array, buffer: Buffer, position: number): void {
  for (let index = 0; index < bytes.length; index++) buffer[position + index] = bytes[index] ?? 0;
}

function allocate(bytes: number): FastBuffer {
  return Buffer.allocUnsafeSlow(bytes) as FastBuffer;
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}
