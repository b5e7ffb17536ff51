import type { ByteWriter } from './byte-writer.ts';
import type { RecordSequence } from './log-record-encoder.ts';
import type { ReadyBytes } from './ready-bytes.ts';

/** Those of exporters are much shorter. */
const MAX_ID_CHARACTERS = 64;

/** Writes the field with its name and the id: all but the number. */
export type WriteSequenceHead = (writer: ByteWriter, id: string) => void;

/** The bytes of a sequence as a wire format writes them, up to its number: nearly always it is that of the record before. */
export class KnownSequences {
  readonly #writeNew: WriteSequenceHead;
  #lastId: string | undefined;
  /** Made when the id comes for the second time. */
  #lastHead: ReadyBytes | undefined;

  constructor(writeNew: WriteSequenceHead) {
    this.#writeNew = writeNew;
  }

  writeHead(writer: ByteWriter, { id }: RecordSequence): void {
    const isLast = id === this.#lastId;
    if (isLast && this.#lastHead !== undefined) {
      writer.writeReady(this.#lastHead);
      return;
    }
    const { nestingBytes, position } = writer;
    this.#writeNew(writer, id);
    this.#lastId = id;
    const isKept = isLast && id.length <= MAX_ID_CHARACTERS;
    this.#lastHead = isKept ? writer.readySince(position, nestingBytes) : undefined;
  }
}
