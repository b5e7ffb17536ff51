import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { CallBody } from './call-body.ts';
import { CommonTail } from './common-tail.ts';
import { createJsonEscapes, type JsonEscapes } from './json-escapes.ts';
import { writeEscaped } from './write-escaped.ts';

/** Buffer's own functions, present in every Node.js line that this package runs on but left out of its types. */
interface FastBuffer extends Buffer {
  latin1Write(text: string, offset: number): number;
  base64Slice(start: number, end: number): string;
}

/** base64 in steps that stay in the processor's cache: one long string costs four times as much. */
const BASE64_STEP_BYTES = 48 * 1024;
/** Up to here a loop over the characters beats the fixed cost of a native call. */
const SHORT_CHARACTERS = 48;

/** From here on it pays to look for an end that texts have in common. */
const LONG_TEXT_BYTES = 256;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const JSON_ESCAPES = createJsonEscapes();

/**
 * The JSON body of an AWS call, written from bytes that are ready.
 *
 * The SDK would walk all entries as objects and make strings of what we have as bytes; a call costs about
 * half this way (bench/aws-call.ts). Equal to the SDK's own, which a test checks.
 */
export class JsonBody implements CallBody {
  readonly #buffers: ReusedMemory;
  #buffer: FastBuffer;
  #position = 0;
  readonly #escapes: JsonEscapes;
  readonly #tail: CommonTail;

  /**
   * @param sizeBytes The expected size; the body grows past it when needed.
   * @param escapes What becomes of the bytes of texts.
   */
  constructor(buffers: ReusedMemory, sizeBytes: number, escapes: JsonEscapes = JSON_ESCAPES) {
    this.#buffers = buffers;
    this.#escapes = escapes;
    this.#tail = new CommonTail(escapes);
    this.#buffer = fast(buffers.take(sizeBytes));
  }

  /** ASCII text as it is: the body's own syntax. */
  syntax(text: string): this {
    const length = text.length;
    this.#ensure(length);
    if (length > SHORT_CHARACTERS) {
      this.#position += this.#buffer.latin1Write(text, this.#position);
      return this;
    }
    const target = this.#buffer;
    const position = this.#position;
    for (let index = 0; index < length; index += 1) {
      target[position + index] = text.charCodeAt(index);
    }
    this.#position = position + length;
    return this;
  }

  /** Any JSON value. */
  value(value: unknown): this {
    return this.utf8(JSON.stringify(value));
  }

  /** Text as it is. */
  utf8(text: string): this {
    this.#ensure(text.length * 3);
    this.#position += this.#buffer.write(text, this.#position, 'utf8');
    return this;
  }

  /** Bytes, or those from `start` to `end`, as a string of base64. */
  base64(bytes: Uint8Array, start = 0, end: number = bytes.length): this {
    const source = asBuffer(bytes);
    this.#ensure(4 * Math.ceil((end - start) / 3) + 2);
    const target = this.#buffer;
    target[this.#position++] = QUOTE;
    for (let position = start; position < end; position += BASE64_STEP_BYTES) {
      const text = source.base64Slice(position, Math.min(position + BASE64_STEP_BYTES, end));
      this.#position += target.latin1Write(text, this.#position);
    }
    target[this.#position++] = QUOTE;
    return this;
  }

  /** UTF-8 bytes as a string. */
  text(bytes: Uint8Array): this {
    this.#quote();
    this.#escape(bytes);
    this.#quote();
    return this;
  }

  /** The same for text that may hold many lines: each of them may end as the others do. */
  lines(bytes: Uint8Array): this {
    const text = asBuffer(bytes);
    this.#quote();
    for (let start = 0; start < text.length; ) {
      // Nothing is gained by lines that are shorter.
      const newline = text.indexOf(NEWLINE, start + LONG_TEXT_BYTES);
      const end = newline === -1 ? text.length : newline + 1;
      this.#escape(text.subarray(start, end));
      start = end;
    }
    this.#quote();
    return this;
  }

  /** The same for bytes, or those from `start` to `end`, that stand as in a JSON string already. */
  nestedText(bytes: Uint8Array, start = 0, end: number = bytes.length): this {
    this.#quote();
    this.written(bytes, start, end);
    this.#quote();
    return this;
  }

  /** Bytes from `start` to `end` as they are. */
  written(bytes: Uint8Array, start: number, end: number): this {
    this.#ensure(end - start);
    this.#buffer.set(bytes.subarray(start, end), this.#position);
    this.#position += end - start;
    return this;
  }

  /** Bytes that were written. */
  get length(): number {
    return this.#position;
  }

  /** Bytes in place of what was written there. */
  overwrite(position: number, bytes: Uint8Array): void {
    const target = this.#buffer;
    // They are few: a native call would cost more.
    for (let index = 0; index < bytes.length; index += 1)
      target[position + index] = bytes[index] ?? 0;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#position);
  }

  /** Its memory is for the next body: only when nobody reads it any more. From here on it has none. */
  release(): void {
    this.#buffers.giveBack(this.#buffer);
    this.#buffer = fast(Buffer.alloc(0));
    this.#position = 0;
  }

  #quote(): void {
    this.#ensure(1);
    this.#buffer[this.#position++] = QUOTE;
  }

  #escape(bytes: Uint8Array): void {
    const tailBytes = bytes.length < LONG_TEXT_BYTES ? 0 : this.#tail.lengthIn(asBuffer(bytes));
    const head = tailBytes === 0 ? bytes : bytes.subarray(0, bytes.length - tailBytes);
    this.#ensure(1 + 2 * bytes.length);
    let end = writeEscaped(head, this.#buffer, this.#position, this.#escapes);
    if (end < 0) {
      this.#ensure(1 + 6 * bytes.length);
      end = writeEscaped(head, this.#buffer, this.#position, this.#escapes);
      if (end < 0) throw new RangeError('Six bytes for each were too little room for a text');
    }
    this.#position = end;
    if (tailBytes === 0) return;
    const { escaped } = this.#tail;
    // Control characters may have taken more room than was expected.
    this.#ensure(escaped.length);
    this.#buffer.set(escaped, end);
    this.#position += escaped.length;
  }

  #ensure(bytes: number): void {
    const needed = this.#position + bytes;
    if (needed > this.#buffer.length) this.#grow(needed);
  }

  #grow(bytes: number): void {
    const grown = fast(this.#buffers.take(Math.max(bytes, this.#buffer.length * 2)));
    this.#buffer.copy(grown, 0, 0, this.#position);
    this.#buffers.giveBack(this.#buffer);
    this.#buffer = grown;
  }
}

function asBuffer(bytes: Uint8Array): FastBuffer {
  return fast(
    Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
}

function fast(buffer: Buffer): FastBuffer {
  return buffer as FastBuffer;
}
