import type { SpoolClock } from './spool-clock.ts';
import type { StoredFile } from './stored-file.ts';
import type { StoredFiles } from './stored-files.ts';

export interface SpoolBoundsOptions {
  readonly maxBytes: number;
  readonly maxAgeMillis: number;
  readonly files: StoredFiles;
  readonly clock: SpoolClock;
  /** Takes a file out of the books at once; resolves when it is gone from the disk. */
  readonly drop: (file: StoredFile, reason: 'spool_full' | 'spool_expired') => Promise<void>;
}

/** Keeps what is stored within its bounds: the oldest go first, those that are loaded never. */
export class SpoolBounds {
  readonly #options: SpoolBoundsOptions;
  #reservedBytes = 0;

  constructor(options: SpoolBoundsOptions) {
    this.#options = options;
  }

  /** Sets room aside for a new file, dropping older ones. False, with nothing dropped, when there is none. */
  async reserve(byteSize: number): Promise<boolean> {
    const { files, maxBytes } = this.#options;
    const loadedBytes = files.bytes - files.storedBytes;
    if (loadedBytes + this.#reservedBytes + byteSize > maxBytes) return false;
    this.#reservedBytes += byteSize;
    await this.dropSurplus();
    return true;
  }

  release(byteSize: number): void {
    this.#reservedBytes -= byteSize;
  }

  hasRoomFor(byteSize: number): boolean {
    const { files, maxBytes } = this.#options;
    return files.bytes + this.#reservedBytes + byteSize <= maxBytes;
  }

  /** Resolves when what was dropped is gone from the disk, so that it never holds more than the bound. */
  async dropSurplus(): Promise<void> {
    const { drop, files } = this.#options;
    const drops: Promise<void>[] = [];
    while (!this.hasRoomFor(0)) {
      const oldest = files.next();
      if (oldest === undefined) break;
      drops.push(drop(oldest, 'spool_full'));
    }
    await Promise.all(drops);
  }

  async dropExpired(): Promise<void> {
    const { clock, drop, files, maxAgeMillis } = this.#options;
    const now = clock.monotonicMillis();
    const drops: Promise<void>[] = [];
    for (;;) {
      const oldest = files.next();
      if (oldest === undefined || now - oldest.bornMillis < maxAgeMillis) break;
      drops.push(drop(oldest, 'spool_expired'));
    }
    await Promise.all(drops);
  }
}
