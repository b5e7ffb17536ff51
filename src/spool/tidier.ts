import { toError } from '../to-error.ts';
import { isMissing } from './file-lock.ts';
import { journalName } from './file-name.ts';
import { journalLine } from './journal.ts';
import type { OwnerFolder } from './owner-folder.ts';
import { OPEN_FLAGS, PRIVATE_FILE } from './spool-file-system.ts';
import type { SpoolParts } from './spool-parts.ts';
import type { StoredFile } from './stored-file.ts';

interface Note {
  readonly indexes: readonly number[];
  readonly recordCount: number;
}

/** Deletes files and writes journals, one after the other, while nobody waits; what fails is tried again. */
export class Tidier {
  readonly #parts: SpoolParts;
  readonly #onEmpty: (folder: OwnerFolder) => void;
  #tail: Promise<void> = Promise.resolve();
  /** Paths that could not be deleted, and what is to be done when they are gone. */
  readonly #leftovers = new Map<string, () => Promise<void>>();
  readonly #unwritten = new Map<StoredFile, Note>();

  /** @param onEmpty Hears of an adopted folder that is empty and gone. */
  constructor(parts: SpoolParts, onEmpty: (folder: OwnerFolder) => void) {
    this.#parts = parts;
    this.#onEmpty = onEmpty;
  }

  /** Deletes a file that is no longer counted. Resolves when it is gone, or left for later. */
  delete(file: StoredFile): Promise<void> {
    const { folder } = file;
    this.#unwritten.delete(file);
    return this.#run(async () => {
      // Another owner may have it by now.
      if (folder.isGone) return;
      // In this order: a journal alone is nothing, a file without its journal is sent again.
      await this.#unlink(file.path, () => this.#release(folder));
      if (file.hasJournal) await this.#unlink(folder.pathOf(journalName(file.name)));
    });
  }

  /** Deletes what a failure has left behind. */
  discard(path: string): Promise<void> {
    return this.#run(() => this.#unlink(path));
  }

  /** Writes down that these entries of a file are decided, so that a crash does not send them again. */
  note(file: StoredFile, indexes: readonly number[], recordCount: number): void {
    file.hasJournal = true;
    this.#remember(file, { indexes, recordCount });
    void this.#run(() => this.#writeJournal(file));
  }

  /** Somebody does not need the folder any more: one that was adopted goes with the last of them. */
  release(folder: OwnerFolder): Promise<void> {
    return this.#run(() => this.#release(folder));
  }

  /** Tries again what failed before. */
  async retry(): Promise<void> {
    for (const [path, onGone] of [...this.#leftovers]) {
      void this.#run(() => this.#unlink(path, onGone));
    }
    for (const file of [...this.#unwritten.keys()]) void this.#run(() => this.#writeJournal(file));
    await this.settle();
    if (this.#leftovers.size + this.#unwritten.size === 0) this.#parts.health.worked('tidy');
  }

  /** Resolves when all that was asked for is done, or left for later. */
  settle(): Promise<void> {
    return this.#tail;
  }

  /** Tasks never reject. */
  #run(task: () => Promise<void>): Promise<void> {
    this.#tail = this.#tail.then(task);
    return this.#tail;
  }

  async #unlink(path: string, onGone: () => Promise<void> = async () => {}): Promise<void> {
    try {
      await this.#parts.fileSystem.unlink(path);
    } catch (error) {
      if (!isMissing(error)) {
        this.#leftovers.set(path, onGone);
        this.#parts.health.failed('tidy', toError(error));
        return;
      }
    }
    this.#leftovers.delete(path);
    await onGone();
  }

  async #release(folder: OwnerFolder): Promise<void> {
    folder.uses -= 1;
    if (folder.uses > 0 || !folder.isAdopted || folder.isGone) return;
    await folder.remove();
    this.#onEmpty(folder);
  }

  async #writeJournal(file: StoredFile): Promise<void> {
    const note = this.#unwritten.get(file);
    this.#unwritten.delete(file);
    if (note === undefined || file.state === 'gone' || file.folder.isGone) return;
    try {
      await this.#append(file, journalLine(file.name, note.indexes, note.recordCount));
    } catch (error) {
      if (isMissing(error)) return;
      this.#remember(file, note);
      this.#parts.health.failed('tidy', toError(error));
    }
  }

  async #append({ folder, name }: StoredFile, line: string): Promise<void> {
    const path = folder.pathOf(journalName(name));
    const handle = await this.#parts.fileSystem.open(path, OPEN_FLAGS.append, PRIVATE_FILE);
    try {
      const bytes = Buffer.from(line, 'latin1');
      const { bytesWritten } = await handle.write(bytes, 0, bytes.length, null);
      if (bytesWritten < bytes.length) throw new Error('The disk took only a part of a journal');
    } finally {
      await handle.close();
    }
  }

  #remember(file: StoredFile, note: Note): void {
    const before = this.#unwritten.get(file);
    this.#unwritten.set(file, {
      indexes: [...(before?.indexes ?? []), ...note.indexes],
      recordCount: (before?.recordCount ?? 0) + note.recordCount,
    });
  }
}
