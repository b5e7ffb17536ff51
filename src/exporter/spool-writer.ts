import { byteCountOf } from '../pack/slab-entry.ts';
import { OutstandingRequests } from '../send/outstanding-requests.ts';
import { isLastPart } from '../spool/spool-entry.ts';
import type { TrackedEntry } from './tracked-entry.ts';

export interface SpoolWriterParts<T, F> {
  /** Resolves when the entries are safe on disk, or with the reason why they are not. Never rejects. */
  readonly write: (target: T, entries: readonly TrackedEntry[]) => Promise<F | Error>;
  readonly onStored: (target: T, entries: readonly TrackedEntry[], file: F) => void;
  readonly onRefused: (target: T, entries: readonly TrackedEntry[], error: Error) => void;
  /** Stored, but nobody wants the entries any more. */
  readonly onTakenBack: (file: F, entryCount: number) => void;
  /** Bytes of a file, about. */
  readonly maxFileBytes: number;
  /** Gets what should never be thrown, so that it does not end the application. */
  readonly onBug: (error: unknown) => void;
}

interface Batch {
  readonly id: number;
  readonly entries: TrackedEntry[];
  bytes: number;
  /** More parts of its last record come. */
  isInRecord: boolean;
  isTakenBack: boolean;
}

const MAX_FILE_ENTRIES = 10_000;
/** More would only queue up in the thread pool, which has four threads and other users. */
const MAX_WRITES = 3;

/**
 * Brings entries to disk, the ones of a target in their order.
 *
 * While a file is written, what comes next gathers for one file: the slower the disk, the larger the files.
 */
export class SpoolWriter<T, F> {
  readonly #parts: SpoolWriterParts<T, F>;
  readonly #waiting = new Map<T, Batch[]>();
  readonly #writing = new Map<T, Batch>();
  readonly #outstanding = new OutstandingRequests();

  constructor(parts: SpoolWriterParts<T, F>) {
    this.#parts = parts;
  }

  add(target: T, entry: TrackedEntry): void {
    const batch = this.#openBatch(target);
    batch.entries.push(entry);
    batch.bytes += byteCountOf(entry);
    batch.isInRecord = entry.part !== undefined && !isLastPart(entry.part);
    if (this.#isFull(batch)) this.#writeNext(target);
  }

  /** Writes what has gathered, as far as the disk is free. */
  flush(): void {
    for (const target of [...this.#waiting.keys()]) this.#writeNext(target);
  }

  /** Resolves when all that was added before is written or refused. */
  whenWritten(): Promise<void> {
    return this.#outstanding.whenSettled();
  }

  /** True while entries of the target are here. */
  holds(target: T): boolean {
    return this.#waiting.has(target) || this.#writing.has(target);
  }

  /** Gives back what is not known to be on disk. */
  takeBack(): { readonly target: T; readonly entries: readonly TrackedEntry[] }[] {
    const written = [...this.#writing].filter(([, batch]) => !batch.isTakenBack);
    const waiting = [...this.#waiting].flatMap(([target, batches]) =>
      batches.map((batch): [T, Batch] => [target, batch]),
    );
    this.#waiting.clear();
    for (const [, batch] of written) batch.isTakenBack = true;
    for (const [, batch] of waiting) this.#outstanding.end(batch.id);
    return [...written, ...waiting].map(([target, { entries }]) => ({ target, entries }));
  }

  #openBatch(target: T): Batch {
    const batches = this.#waiting.get(target) ?? [];
    const last = batches.at(-1);
    if (last !== undefined && !this.#isFull(last)) return last;
    const id = this.#outstanding.begin();
    const batch = { id, entries: [], bytes: 0, isInRecord: false, isTakenBack: false };
    this.#waiting.set(target, [...batches, batch]);
    return batch;
  }

  #writeNext(target: T): void {
    if (this.#writing.has(target) || this.#writing.size >= MAX_WRITES) return;
    const [batch, ...rest] = this.#waiting.get(target) ?? [];
    if (batch === undefined) return;
    if (rest.length > 0) this.#waiting.set(target, rest);
    else this.#waiting.delete(target);
    this.#writing.set(target, batch);
    void this.#write(target, batch);
  }

  async #write(target: T, batch: Batch): Promise<void> {
    const { entries } = batch;
    const file = await this.#store(target, entries);
    this.#writing.delete(target);
    try {
      if (file instanceof Error) {
        if (!batch.isTakenBack) this.#parts.onRefused(target, entries, file);
      } else if (batch.isTakenBack) this.#parts.onTakenBack(file, entries.length);
      else this.#parts.onStored(target, entries, file);
    } catch (error) {
      this.#parts.onBug(error);
    }
    this.#outstanding.end(batch.id);
    this.flush();
  }

  /** What goes wrong on the way to the disk costs no record: it is as if the disk had refused them. */
  async #store(target: T, entries: readonly TrackedEntry[]): Promise<F | Error> {
    try {
      return await this.#parts.write(target, entries);
    } catch (thrown) {
      this.#parts.onBug(thrown);
      return new Error('A bug kept the entries off the disk', { cause: thrown });
    }
  }

  /** The parts of a record lie in one file: only so they know of each other when they come back. */
  #isFull({ bytes, entries, isInRecord }: Batch): boolean {
    if (isInRecord) return false;
    return bytes >= this.#parts.maxFileBytes || entries.length >= MAX_FILE_ENTRIES;
  }
}
