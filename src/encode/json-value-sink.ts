import { bigintText } from './bigint-text.ts';
import type { ByteWriter } from './byte-writer.ts';
import { FALSE, NULL, TRUE } from './json-literals.ts';
import { writeJsonNumber } from './json-number.ts';
import { type JsonQuoting, PLAIN, writeQuoted } from './json-quoting.ts';
import type { KeyCache } from './key-cache.ts';
import type { ValueSink } from './value-walker.ts';

const COMMA = 0x2c;
const BASE64_PIECE_BYTES = 49_152;

/** Plain JSON: bytes as base64, BigInt as decimal text. */
export class JsonValueSink implements ValueSink {
  writer: ByteWriter;
  readonly #keys: KeyCache;
  readonly #quoting: JsonQuoting;

  constructor(writer: ByteWriter, keys: KeyCache, quoting: JsonQuoting) {
    this.writer = writer;
    this.#keys = keys;
    this.#quoting = quoting;
  }

  string(text: string): void {
    this.#quoting.writeString(this.writer, text);
  }

  number(value: number): void {
    writeJsonNumber(this.writer, value, this.#quoting);
  }

  boolean(value: boolean): void {
    this.writer.writeReady(value ? TRUE : FALSE);
  }

  null(): void {
    this.writer.writeReady(NULL);
  }

  bigint(value: bigint): void {
    this.#quoting.writeString(this.writer, bigintText(value));
  }

  bytes(value: Uint8Array): void {
    writeBase64(this.writer, value, this.#quoting);
  }

  beginArray(): number {
    this.writer.writeByte(0x5b);
    return 0;
  }

  element(index: number): void {
    if (index > 0) this.writer.writeByte(COMMA);
  }

  endArray(): void {
    this.writer.writeByte(0x5d);
  }

  beginObject(): number {
    this.writer.writeByte(0x7b);
    return 0;
  }

  key(name: string, index: number): boolean {
    const writer = this.writer;
    if (index > 0) return this.#keys.write(writer, name);
    // The kept bytes begin with a comma; for the first key the brace takes its place.
    const open = --writer.position;
    const isWritten = this.#keys.write(writer, name);
    writer.buffer[open] = 0x7b;
    if (!isWritten) writer.position++;
    return isWritten;
  }

  endObject(): void {
    this.writer.writeByte(0x7d);
  }
}

/** Writes bytes as a JSON string of standard base64 with padding. */
export function writeBase64(
  writer: ByteWriter,
  value: Uint8Array,
  quoting: JsonQuoting = PLAIN,
): void {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  writeQuoted(writer, '"', quoting);
  // Pieces are a multiple of three, so that their texts join without padding in between.
  for (let start = 0; start < bytes.length; start += BASE64_PIECE_BYTES) {
    writer.writeLatin1(bytes.toString('base64', start, start + BASE64_PIECE_BYTES));
  }
  writeQuoted(writer, '"', quoting);
}
