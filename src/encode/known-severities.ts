import type { ByteWriter } from './byte-writer.ts';
import type { ReadyBytes } from './ready-bytes.ts';

/** The largest number of a severity (https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber). */
const MAX_SEVERITY_NUMBER = 24;
const MAX_SEVERITY_CHARACTERS = 64;

/** Writes what is valid of both, and answers how many fields that are. */
export type WriteSeverity = (writer: ByteWriter, number: unknown, text: unknown) => number;

interface KnownSeverity {
  readonly text: string;
  readonly fields: ReadyBytes;
  readonly fieldCount: number;
}

/** The bytes of severities as a wire format writes them: nearly always the same text belongs to a number. */
export class KnownSeverities {
  /** By the number. */
  readonly #known: (KnownSeverity | undefined)[] = new Array(MAX_SEVERITY_NUMBER + 1).fill(
    undefined,
  );
  readonly #writeNew: WriteSeverity;

  constructor(writeNew: WriteSeverity) {
    this.#writeNew = writeNew;
  }

  /** Answers how many fields it wrote. */
  write(writer: ByteWriter, number: unknown, text: unknown): number {
    const known = typeof number === 'number' ? this.#known[number] : undefined;
    if (known !== undefined && known.text === text) {
      writer.writeReady(known.fields);
      return known.fieldCount;
    }
    const { nestingBytes, position } = writer;
    const fieldCount = this.#writeNew(writer, number, text);
    // The first text of a number. Others than these could be anything, also bytes that are none of text.
    const isUsual =
      typeof number === 'number' &&
      Number.isInteger(number) &&
      number >= 1 &&
      number <= MAX_SEVERITY_NUMBER &&
      typeof text === 'string' &&
      text.length <= MAX_SEVERITY_CHARACTERS;
    if (isUsual && known === undefined) {
      const fields = writer.readySince(position, nestingBytes);
      this.#known[number] = { text, fields, fieldCount };
    }
    return fieldCount;
  }
}
