import type { ByteWriter } from './byte-writer.ts';
import { KeyCache } from './key-cache.ts';
import { OtlpValueSink, writeOtlpKey, writeOtlpText } from './otlp-value-sink.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { hasValue, ValueWalker } from './value-walker.ts';

const COMMA = 0x2c;
/** A map in OTLP/JSON is four levels of JSON; together they stay under the 1,000 at which readers give up. */
const MAX_DEPTH = 220;

/** Writes values and lists of attributes as OTLP/JSON; total, whatever the values are. */
export class OtlpFields {
  readonly #keys: KeyCache = new KeyCache(writeOtlpKey, writeOtlpText);
  readonly #sink: OtlpValueSink;
  readonly #walker: ValueWalker;

  constructor(writer: ByteWriter) {
    this.#sink = new OtlpValueSink(writer, this.#keys);
    this.#walker = new ValueWalker(this.#sink, MAX_DEPTH);
  }

  /** Writes one value with the full share of work. */
  writeValue(writer: ByteWriter, value: unknown): void {
    this.#walker.renew();
    this.#write(writer, value);
  }

  /** Writes the elements of a KeyValue list, without its brackets; a comma first when `count` were there before. */
  writeList(
    writer: ByteWriter,
    source: object,
    countBefore: number,
    skip?: ReadonlySet<string>,
  ): number {
    const keys = ownKeys(source);
    if (typeof keys === 'string') return countBefore;
    this.#walker.renew();
    let names: readonly string[] = keys;
    let count = countBefore;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const value = readProperty(source, key);
      if (!hasValue(value) || skip?.has(key)) continue;
      if (count > 0) writer.writeByte(COMMA);
      if (!this.#keys.write(writer, names[index] ?? key)) {
        names = uniqueKeys(keys);
        this.#keys.write(writer, names[index] ?? key);
      }
      this.#write(writer, value);
      writer.writeByte(0x7d);
      count++;
    }
    return count;
  }

  #write(writer: ByteWriter, value: unknown): void {
    const start = writer.position;
    this.#sink.writer = writer;
    this.#walker.spare();
    try {
      this.#walker.walk(value);
    } catch (error) {
      // Out of stack or memory in the middle of a value: what stands there is only half of it.
      writer.position = start;
      this.#sink.string(throwsMarker(error));
    }
  }
}
