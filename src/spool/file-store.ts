import { toError } from '../to-error.ts';
import type { DiskHealth } from './disk-health.ts';
import { encodedByteSize, encodeFile } from './encode-file.ts';
import { isMissing } from './file-lock.ts';
import { type FileFacts, formatFileName, MAX_FILE_BYTES, nameableMillis } from './file-name.ts';
import type { OwnerFolder } from './owner-folder.ts';
import type { OwnerFolders } from './owner-folders.ts';
import { Slots } from './slots.ts';
import type { SpoolBounds } from './spool-bounds.ts';
import type { SpoolEntry } from './spool-entry.ts';
import { SpoolError } from './spool-error.ts';
import type { SpoolParts } from './spool-parts.ts';
import { type EncodedTarget, encodeTarget, type SpoolTarget } from './spool-target.ts';
import { StoredFile } from './stored-file.ts';
import type { StoredFiles } from './stored-files.ts';
import type { Tidier } from './tidier.ts';
import { writeDurably } from './write-durably.ts';

/** Node.js has four threads for files and name look-ups: a slow disk must leave some to the application. */
const WRITES_AT_A_TIME = 2;
const MAX_STORE_MILLIS = 10_000;

interface Order {
  readonly target: SpoolTarget;
  readonly encodedTarget: EncodedTarget;
  readonly entries: readonly SpoolEntry[];
  readonly byteSize: number;
}

interface Written {
  readonly folder: OwnerFolder;
  readonly name: string;
  readonly facts: FileFacts;
  readonly bornMillis: number;
}

export interface FileStoreOptions {
  readonly folders: OwnerFolders;
  readonly files: StoredFiles;
  readonly tidier: Tidier;
  readonly bounds: SpoolBounds;
}

/** Writes batches to disk. */
export class FileStore {
  readonly #parts: SpoolParts;
  readonly #options: FileStoreOptions;
  readonly #health: DiskHealth;
  readonly #slots = new Slots(WRITES_AT_A_TIME);
  readonly #targets = new WeakMap<SpoolTarget, EncodedTarget>();
  #sequence = 0;
  #underWay = 0;
  #lastCreatedMillis = 0;

  constructor(parts: SpoolParts, options: FileStoreOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#health = parts.health;
  }

  /** The file when it is safe on disk, else why it is not. Never rejects. */
  async store(target: SpoolTarget, entries: readonly SpoolEntry[]): Promise<StoredFile | Error> {
    const order = this.#prepare(target, entries);
    if (order instanceof Error) return order;
    if (!this.#health.mayStore(this.#underWay)) {
      const cause = this.#health.lastError;
      return new SpoolError('ERR_SPOOL_WAITING', 'The disk fails, and is tried again', { cause });
    }
    if (!(await this.#options.bounds.reserve(order.byteSize))) {
      return new SpoolError('ERR_SPOOL_FULL', 'There is no room within maxBytes');
    }
    return this.#withinTime(this.#attempt(order));
  }

  /** The caller does not wait for a disk that hangs; what is stored after all is deleted. */
  async #withinTime(attempt: Promise<StoredFile | Error>): Promise<StoredFile | Error> {
    let cancel: () => void = () => {};
    const limit = new Promise<undefined>((resolve) => {
      const ring = (): void => resolve(undefined);
      cancel = this.#parts.clock.startTimer(ring, MAX_STORE_MILLIS);
    });
    const stored = await Promise.race([attempt, limit]);
    cancel();
    if (stored !== undefined) return stored;
    const error = new SpoolError('ERR_SPOOL_SLOW', `Not stored within ${MAX_STORE_MILLIS} ms`);
    this.#health.failed('store', error);
    void attempt.then((late) => this.#undo(late));
    return error;
  }

  async #attempt(order: Order): Promise<StoredFile | Error> {
    this.#underWay += 1;
    try {
      return this.#keep(order, await this.#write(order));
    } catch (error) {
      this.#health.failed('store', toError(error));
      return toError(error);
    } finally {
      this.#underWay -= 1;
      this.#options.bounds.release(order.byteSize);
    }
  }

  #undo(file: StoredFile | Error): void {
    if (file instanceof Error) return;
    this.#options.files.remove(file);
    void this.#options.tidier.delete(file);
  }

  #prepare(target: SpoolTarget, entries: readonly SpoolEntry[]): Order | SpoolError {
    try {
      const encodedTarget = this.#targets.get(target) ?? encodeTarget(target);
      this.#targets.set(target, encodedTarget);
      const byteSize = encodedByteSize(encodedTarget.bytes, entries);
      if (byteSize > MAX_FILE_BYTES) {
        return new SpoolError('ERR_SPOOL_FULL', `A batch of ${byteSize} bytes is too large`);
      }
      if (entries.length > 0 && entries.every(isCountable)) {
        return { target, encodedTarget, entries, byteSize };
      }
      return new SpoolError('ERR_SPOOL_INVALID', 'A batch needs entries with counts of 0 or more');
    } catch (cause) {
      return new SpoolError('ERR_SPOOL_INVALID', 'The target cannot be stored', { cause });
    }
  }

  async #write(order: Order): Promise<Written> {
    const folder = await this.#options.folders.own();
    try {
      return await this.#writeTo(folder, order);
    } catch (error) {
      if (!isMissing(error) && !folder.isGone) throw error;
      // The folder was deleted under us, or what was in it: once more, in a new one if need be.
      this.#health.failed('store', toError(error));
      await this.#options.folders.check(folder);
      return this.#writeTo(await this.#options.folders.own(), order);
    }
  }

  async #writeTo(folder: OwnerFolder, order: Order): Promise<Written> {
    const facts = this.#nextFacts(order);
    const name = formatFileName(facts);
    const bornMillis = this.#parts.clock.monotonicMillis();
    const leave = (path: string): void => this.#discard(folder, path);
    await this.#slots.run(async () => {
      const bytes = encodeFile(order.encodedTarget.bytes, order.entries);
      await writeDurably(this.#parts.fileSystem, { folder, name, bytes }, leave);
    });
    try {
      await folder.sync();
      if (folder.isGone) throw new SpoolError('ERR_SPOOL_GONE', 'The folder was taken away');
    } catch (error) {
      leave(folder.pathOf(name));
      throw error;
    }
    return { folder, name, facts, bornMillis };
  }

  #discard(folder: OwnerFolder, path: string): void {
    // Another owner may have it by now.
    if (!folder.isGone) void this.#options.tidier.discard(path);
  }

  /** Names sort as the files came, also when the computer's date is set back. */
  #nextFacts({ byteSize, encodedTarget, entries }: Order): FileFacts {
    const now = nameableMillis(this.#parts.clock.wallMillis());
    this.#lastCreatedMillis = Math.max(this.#lastCreatedMillis, now);
    this.#sequence += 1;
    const first = entries.reduce((least, entry) => Math.min(least, entry.timeMillis), Infinity);
    const last = entries.reduce((most, entry) => Math.max(most, entry.lastTimeMillis), 0);
    return {
      createdAtMillis: this.#lastCreatedMillis,
      sequence: this.#sequence,
      recordCount: entries.reduce((sum, entry) => sum + entry.recordCount, 0),
      byteSize,
      firstTimeMillis: nameableMillis(first),
      lastTimeMillis: nameableMillis(last),
      targetId: encodedTarget.id,
    };
  }

  #keep({ entries, target }: Order, { bornMillis, facts, folder, name }: Written): StoredFile {
    const file = new StoredFile({ name, facts, folder, target, bornMillis });
    file.recordCounts = entries.map(({ recordCount }) => recordCount);
    this.#options.files.add(file);
    this.#health.worked('store');
    return file;
  }
}

function isCountable({ recordCount }: SpoolEntry): boolean {
  return Number.isInteger(recordCount) && recordCount >= 0 && recordCount < 2 ** 32;
}
