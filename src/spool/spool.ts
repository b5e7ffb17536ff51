import { join, resolve } from 'node:path';
import { toError } from '../to-error.ts';
import { Adopter } from './adopter.ts';
import { DiskHealth } from './disk-health.ts';
import { FileLoader } from './file-loader.ts';
import { FileStore } from './file-store.ts';
import { groupName } from './group-name.ts';
import { loadTryLock } from './load-try-lock.ts';
import { lossOf } from './loss-of.ts';
import type { OwnerFolder } from './owner-folder.ts';
import { OwnerFolders } from './owner-folders.ts';
import { SpoolBounds } from './spool-bounds.ts';
import type { LoadedEntry, SpoolEntry } from './spool-entry.ts';
import { SpoolError } from './spool-error.ts';
import { harmlessEvents, type SpoolLoss } from './spool-events.ts';
import type { SpoolFile } from './spool-file.ts';
import { systemFileSystem } from './spool-file-system.ts';
import type { SpoolParts } from './spool-parts.ts';
import type { SpoolSettings } from './spool-settings.ts';
import type { SpoolTarget } from './spool-target.ts';
import { StoredFile } from './stored-file.ts';
import { StoredFiles } from './stored-files.ts';
import { StrandedRecords } from './stranded-records.ts';
import { Tidier } from './tidier.ts';

const SWEEP_INTERVAL_MILLIS = 10_000;
/** Until then another exporter of this application, with another address, has taken over what is its own. */
const LOOK_AFTER_MILLIS = 2_000;

/** A crash-safe queue on disk of batches of encoded entries. */
export class Spool {
  readonly #parts: SpoolParts;
  readonly #files = new StoredFiles();
  readonly #folders: OwnerFolders;
  readonly #tidier: Tidier;
  readonly #bounds: SpoolBounds;
  readonly #fileStore: FileStore;
  readonly #loader: FileLoader;
  readonly #adopter: Adopter;
  readonly #storing = new Set<Promise<unknown>>();
  readonly #stranded: StrandedRecords | undefined;
  #opening: Promise<void> | undefined;
  #looking: Promise<void> | undefined;
  #cancelLook: () => void = () => {};
  #sweeping: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #cancelTimer: () => void = () => {};

  constructor(settings: SpoolSettings) {
    const { clock, directory, fileSystem = systemFileSystem, group, lock = loadTryLock } = settings;
    const events = harmlessEvents(settings.events);
    const health = new DiskHealth(events, clock);
    // The process may change its directory later.
    const groupPath = join(resolve(directory), groupName(group));
    const parts: SpoolParts = { fileSystem, clock, events, health, groupPath };
    const files = this.#files;
    this.#parts = parts;
    this.#folders = new OwnerFolders(parts, lock, (folder) => this.#loseFilesOf(folder));
    this.#tidier = new Tidier(parts, (folder) => this.#folders.forget(folder));
    this.#bounds = new SpoolBounds({
      maxBytes: settings.maxBytes,
      maxAgeMillis: settings.maxAgeMillis,
      files,
      clock,
      drop: (file, reason) => this.#drop(file, reason),
    });
    const shared = { folders: this.#folders, files, tidier: this.#tidier, bounds: this.#bounds };
    this.#fileStore = new FileStore(parts, shared);
    this.#loader = new FileLoader(parts, files, this.#tidier);
    this.#adopter = new Adopter(parts, shared);
    const { isRelated } = settings;
    this.#stranded = isRelated && new StrandedRecords({ ...parts, isRelated, loadTryLock: lock });
  }

  /** On disk, not yet decided, loaded or not. */
  get bytes(): number {
    return this.#files.bytes;
  }

  get recordCount(): number {
    return this.#files.recordCount;
  }

  get fileCount(): number {
    return this.#files.fileCount;
  }

  /** Makes the own folder, takes over those of dead owners. Never rejects: trouble is told. */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /**
   * Safe on disk when it answers a file, which counts as loaded; else an Error, and the caller keeps the entries.
   * Drops the oldest files that are not loaded when there is no room. Never rejects.
   */
  async store(target: SpoolTarget, entries: readonly SpoolEntry[]): Promise<SpoolFile | Error> {
    if (this.#closing !== undefined) return closedError();
    const storing = this.#fileStore.store(target, entries).catch(toError);
    this.#storing.add(storing);
    try {
      return await storing;
    } finally {
      this.#storing.delete(storing);
    }
  }

  /**
   * The verified entries that are not yet decided; the file counts as loaded. An Error when it is damaged or gone,
   * which was told as a loss. A disk that fails is tried again before it answers. Never rejects.
   */
  async load(file: SpoolFile): Promise<readonly LoadedEntry[] | Error> {
    if (this.#closing !== undefined) return closedError();
    if (!(file instanceof StoredFile) || file.state === 'gone') {
      return new SpoolError('ERR_SPOOL_GONE', 'The file is gone');
    }
    return this.#loader.load(file).catch(toError);
  }

  /** These entries of a loaded file need not be sent again, also after a crash. The last one deletes the file. */
  decide(file: SpoolFile, indexes: readonly number[]): void {
    if (!(file instanceof StoredFile) || file.recordCounts === undefined) return;
    const { recordCounts } = file;
    file.decided ??= new Set();
    const fresh: number[] = [];
    let recordCount = 0;
    for (const index of indexes) {
      const count = recordCounts[index];
      if (count === undefined || file.decided.has(index)) continue;
      file.decided.add(index);
      fresh.push(index);
      recordCount += count;
    }
    this.#files.discount(file, recordCount);
    if (file.decided.size >= recordCounts.length) {
      this.#files.remove(file);
      void this.#tidier.delete(file);
    } else if (fresh.length > 0) this.#tidier.note(file, fresh, recordCount);
  }

  /** The caller gives a loaded file back: it is only stored again, at its old place. */
  unload(file: SpoolFile): void {
    if (!(file instanceof StoredFile) || file.state !== 'loaded') return;
    if (file.folder.isGone) this.#lose(file, 'invalid', goneError());
    else this.#files.markStored(file);
  }

  /**
   * The oldest file that is stored and not loaded.
   *
   * @param filter Asked about the oldest stored file of each target: a target whose file it refuses is passed over.
   * Of one target after the other it sees only files older than the last that passed, which is the answer.
   */
  nextStored(filter?: (file: SpoolFile) => boolean): SpoolFile | undefined {
    return this.#files.next(filter);
  }

  /** Checks ages, bounds and folders, and takes over owners that died since. Never rejects. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  /** Resolves when journals and deletions asked for so far are done, or left for later. */
  settle(): Promise<void> {
    return this.#tidier.settle();
  }

  /** Ends all that is under way and gives the locks back; files stay for the next owner. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(): Promise<void> {
    // A failure is told; the first store tries again.
    await this.#folders.own().catch((error: unknown) => {
      this.#parts.health.failed('store', toError(error));
    });
    await this.sweep();
    this.#startTimer();
    const { clock } = this.#parts;
    if (this.#stranded !== undefined)
      this.#cancelLook = clock.startTimer(() => this.#lookForStranded(), LOOK_AFTER_MILLIS);
  }

  /** Once. */
  #lookForStranded(): void {
    this.#looking ??= this.#stranded?.tell().catch(() => {});
  }

  #startTimer(): void {
    if (this.#closing !== undefined) return;
    this.#cancelTimer = this.#parts.clock.startTimer(() => {
      void this.sweep().then(() => this.#startTimer());
    }, SWEEP_INTERVAL_MILLIS);
  }

  async #sweep(): Promise<void> {
    for (const folder of this.#folders.all) await this.#folders.check(folder).catch(() => {});
    await this.#adopter.sweep();
    await this.#bounds.dropExpired();
    await this.#bounds.dropSurplus();
    await this.#tidier.retry();
  }

  async #close(): Promise<void> {
    this.#cancelTimer();
    this.#adopter.close();
    this.#loader.close();
    await this.#opening;
    await this.#sweeping;
    // A process that was too short for it tells all the same.
    this.#cancelLook();
    this.#lookForStranded();
    await this.#looking;
    await Promise.all(this.#storing);
    await this.#tidier.retry();
    for (const folder of this.#folders.all) {
      this.#folders.forget(folder);
      if (folder.uses === 0) await folder.remove();
      else await folder.giveUp();
    }
  }

  #drop(file: StoredFile, reason: 'spool_full' | 'spool_expired'): Promise<void> {
    this.#lose(file, reason);
    return this.#tidier.delete(file);
  }

  /** Loaded ones are in memory still: they are lost only when they are given back. */
  #loseFilesOf(folder: OwnerFolder): void {
    for (const file of this.#files.stored()) {
      if (file.folder === folder) this.#lose(file, 'invalid', goneError());
    }
  }

  #lose(file: StoredFile, reason: SpoolLoss['reason'], error?: Error): void {
    const loss = lossOf(file, reason, error);
    this.#files.remove(file);
    this.#parts.events.lost(loss);
  }
}

function closedError(): SpoolError {
  return new SpoolError('ERR_SPOOL_CLOSED', 'The spool is closed');
}

function goneError(): SpoolError {
  return new SpoolError('ERR_SPOOL_GONE', 'Its folder was deleted or taken by another process');
}
