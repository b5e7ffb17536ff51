import { setImmediate } from 'node:timers/promises';
import { toError } from '../to-error.ts';
import { isShortage } from './file-loader.ts';
import { isMissing } from './file-lock.ts';
import { type FileFacts, parseFileName, spoolName } from './file-name.ts';
import { type Journal, readJournal } from './journal.ts';
import type { OwnerFolder } from './owner-folder.ts';
import { readSpoolFile } from './read-spool-file.ts';
import { readWholeFile } from './read-whole-file.ts';
import type { FolderScan } from './scan-folder.ts';
import { setAside } from './set-aside.ts';
import { SpoolError } from './spool-error.ts';
import type { SpoolParts } from './spool-parts.ts';
import type { SpoolTarget } from './spool-target.ts';
import { StoredFile } from './stored-file.ts';
import type { StoredFiles } from './stored-files.ts';
import type { Tidier } from './tidier.ts';

/** No journal of ours becomes so long. */
const MAX_JOURNAL_BYTES = 8 * 1024 * 1024;
/** So many files are taken over before the application gets its turn. */
const FILES_AT_A_TIME = 500;
/** A date before this is one of a computer that had not been told the time: it says nothing about age. */
const EARLIEST_MILLIS = Date.UTC(2020, 0, 1);

export interface FolderAdoptionOptions {
  readonly files: StoredFiles;
  readonly tidier: Tidier;
}

/** Makes the files of a folder ours, of which we hold the lock by now. */
export class FolderAdoption {
  readonly #parts: SpoolParts;
  readonly #files: StoredFiles;
  readonly #tidier: Tidier;

  constructor(parts: SpoolParts, { files, tidier }: FolderAdoptionOptions) {
    this.#parts = parts;
    this.#files = files;
    this.#tidier = tidier;
  }

  /** @throws The system's error when the disk or the process is in no state for it; then nothing is ours. */
  async adopt(folder: OwnerFolder, scan: FolderScan): Promise<void> {
    for (const name of scan.foreign) {
      await setAside(this.#parts, folder, name, 'It is no file of a spool');
    }
    const journals = await this.#readJournals(folder, scan);
    const found = await this.#identify(folder, scan, journals);
    for (const name of scan.leftovers) void this.#tidier.discard(folder.pathOf(name));
    // Until all are in, the folder must not go with the first that is sent.
    folder.uses += 1;
    for (const [index, file] of found.entries()) {
      if (index % FILES_AT_A_TIME === FILES_AT_A_TIME - 1) await setImmediate();
      this.#takeOver(file, journals.get(file.name));
    }
    await this.#tidier.release(folder);
  }

  /** By the name of the spool file. */
  async #readJournals(
    folder: OwnerFolder,
    { files, journals }: FolderScan,
  ): Promise<ReadonlyMap<string, Journal>> {
    const read = new Map<string, Journal>();
    const known = journals.length === 0 ? undefined : new Set(files);
    for (const name of journals) {
      const fileName = spoolName(name);
      if (known?.has(fileName) === true) {
        read.set(fileName, readJournal(fileName, await this.#readText(folder.pathOf(name))));
      } else void this.#tidier.discard(folder.pathOf(name));
    }
    return read;
  }

  /** Without its journal all of a file is sent again: twice rather than never. */
  async #readText(path: string): Promise<string> {
    try {
      const bytes = await readWholeFile(this.#parts.fileSystem, path, MAX_JOURNAL_BYTES);
      return bytes instanceof SpoolError ? '' : bytes.toString('latin1');
    } catch (error) {
      if (isShortage(error)) throw error;
      return '';
    }
  }

  /** The files whose target is known: one file of each target is read for it. */
  async #identify(
    folder: OwnerFolder,
    scan: FolderScan,
    journals: ReadonlyMap<string, Journal>,
  ): Promise<readonly StoredFile[]> {
    const targets = new Map<string, SpoolTarget>();
    const found: StoredFile[] = [];
    const bornMillisOf = this.#lookAtClocks();
    for (const [index, name] of scan.files.entries()) {
      if (index % FILES_AT_A_TIME === FILES_AT_A_TIME - 1) await setImmediate();
      const facts = parseFileName(name);
      if (facts === undefined) continue;
      const target =
        targets.get(facts.targetId) ??
        this.#files.targetOf(facts.targetId) ??
        (await this.#readTarget(folder, { name, facts, journal: journals.get(name) }));
      if (target === undefined) continue;
      targets.set(facts.targetId, target);
      const bornMillis = bornMillisOf(facts.createdAtMillis);
      found.push(new StoredFile({ name, facts, folder, target, bornMillis }));
    }
    return found;
  }

  async #readTarget(
    folder: OwnerFolder,
    file: {
      readonly name: string;
      readonly facts: FileFacts;
      readonly journal?: Journal | undefined;
    },
  ): Promise<SpoolTarget | undefined> {
    const { fileSystem } = this.#parts;
    const path = folder.pathOf(file.name);
    const decoded = await readSpoolFile(fileSystem, path, file.facts).catch((error: unknown) => {
      if (isShortage(error)) throw error;
      return toError(error);
    });
    if (!(decoded instanceof Error)) return decoded.target;
    if (!isMissing(decoded)) await setAside(this.#parts, folder, file.name, decoded.message);
    const { byteSize, firstTimeMillis, lastTimeMillis, recordCount } = file.facts;
    this.#parts.events.lost({
      reason: 'invalid',
      recordCount: Math.max(0, recordCount - (file.journal?.recordCount ?? 0)),
      bytes: byteSize,
      firstTimeMillis,
      lastTimeMillis,
      targetKey: '',
      error: decoded,
    });
    return undefined;
  }

  /**
   * From here on the age of a file is measured by the clock that never jumps.
   *
   * One look is for all files of a folder: the clocks part by fractions of a millisecond from look to look, and by more
   * when the date is set, and files would change their order.
   */
  #lookAtClocks(): (createdAtMillis: number) => number {
    const now = this.#parts.clock.monotonicMillis();
    const wallMillis = this.#parts.clock.wallMillis();
    return (createdAtMillis) =>
      createdAtMillis < EARLIEST_MILLIS ? now : now - Math.max(0, wallMillis - createdAtMillis);
  }

  #takeOver(file: StoredFile, journal: Journal | undefined): void {
    if (journal !== undefined) file.hasJournal = true;
    this.#files.add(file);
    if (journal !== undefined && journal.indexes.size > 0) {
      file.decided = new Set(journal.indexes);
      this.#files.discount(file, journal.recordCount);
    }
    this.#parts.events.adopted(file);
    this.#files.markStored(file);
  }
}
