import { codeOf } from '../code-of.ts';
import { toError } from '../to-error.ts';
import type { DecodedFile } from './decode-file.ts';
import { isMissing } from './file-lock.ts';
import { lossOf } from './loss-of.ts';
import { readSpoolFile } from './read-spool-file.ts';
import { setAside } from './set-aside.ts';
import type { LoadedEntry } from './spool-entry.ts';
import { SpoolError } from './spool-error.ts';
import type { SpoolParts } from './spool-parts.ts';
import type { StoredFile } from './stored-file.ts';
import type { StoredFiles } from './stored-files.ts';
import type { Tidier } from './tidier.ts';

/** A file that cannot be read is given up after so many attempts. */
const MAX_ATTEMPTS = 3;
const ATTEMPT_INTERVAL_MILLIS = 1000;
/** The process has no room for one more file: no fault of the file. */
const SHORTAGES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

export function isShortage(error: unknown): boolean {
  return SHORTAGES.has(codeOf(error) ?? '');
}

/** Brings entries back from disk. A file that is damaged or cannot be read is set aside and told as lost. */
export class FileLoader {
  readonly #parts: SpoolParts;
  readonly #files: StoredFiles;
  readonly #tidier: Tidier;
  #isClosed = false;

  constructor(parts: SpoolParts, files: StoredFiles, tidier: Tidier) {
    this.#parts = parts;
    this.#files = files;
    this.#tidier = tidier;
  }

  async load(file: StoredFile): Promise<readonly LoadedEntry[] | Error> {
    this.#files.markLoaded(file);
    const decoded = await this.#read(file);
    if (decoded instanceof Error) return decoded;
    // All of it may have been decided meanwhile.
    if (file.state !== 'loaded') return goneError();
    file.recordCounts = decoded.entries.map(({ recordCount }) => recordCount);
    const entries = decoded.entries
      .map((entry, index): LoadedEntry => ({ ...entry, index }))
      .filter(({ index }) => file.decided?.has(index) !== true);
    if (entries.length === 0) {
      this.#files.remove(file);
      void this.#tidier.delete(file);
    }
    return entries;
  }

  /** Files that are still being tried are left to the next owner. */
  close(): void {
    this.#isClosed = true;
  }

  async #read(file: StoredFile): Promise<DecodedFile | Error> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const decoded = await this.#readOnce(file);
        if (!(decoded instanceof Error)) this.#parts.health.worked('load');
        return decoded;
      } catch (error) {
        if (isMissing(error)) return this.#lose(file, goneError(error));
        this.#parts.health.failed('load', toError(error));
        if (attempt >= MAX_ATTEMPTS && !isShortage(error)) {
          const isAside = await this.#trySetAside(file, 'The file cannot be read');
          if (isAside) return this.#lose(file, toError(error));
        }
      }
      await new Promise<void>((resolve) => {
        this.#parts.clock.startTimer(resolve, ATTEMPT_INTERVAL_MILLIS);
      });
      if (this.#isClosed) return new SpoolError('ERR_SPOOL_CLOSED', 'The spool is closed');
    }
  }

  async #readOnce(file: StoredFile): Promise<DecodedFile | Error> {
    if (file.state === 'gone' || file.facts === undefined) return goneError();
    const decoded = await readSpoolFile(this.#parts.fileSystem, file.path, file.facts);
    if (!(decoded instanceof SpoolError)) return decoded;
    const isAside = await this.#trySetAside(file, decoded.message);
    return this.#lose(file, decoded, { isLeft: !isAside });
  }

  async #trySetAside(file: StoredFile, why: string): Promise<boolean> {
    try {
      await setAside(this.#parts, file.folder, file.name, why);
      return true;
    } catch (error) {
      this.#parts.health.failed('load', toError(error));
      return false;
    }
  }

  #lose(file: StoredFile, error: Error, { isLeft = false } = {}): Error {
    if (file.state === 'gone') return error;
    const loss = lossOf(file, 'invalid', error);
    this.#files.remove(file);
    // What could not be moved needs its folder, so that the next owner finds it.
    if (!isLeft) void this.#tidier.release(file.folder);
    this.#parts.events.lost(loss);
    return error;
  }
}

function goneError(cause?: unknown): SpoolError {
  return new SpoolError('ERR_SPOOL_GONE', 'The file is gone', { cause });
}
