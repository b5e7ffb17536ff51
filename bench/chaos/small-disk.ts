import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DISK_BYTES = 64 * 1024 * 1024;

/** A disk of its own for the spool, which can really be full. Answers why not where it may not be mounted. */
export class SmallDisk {
  readonly #directory: string;
  readonly #ballast: string;

  static mount(directory: string): SmallDisk | Error {
    try {
      const settings = `size=${DISK_BYTES},mode=700`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', settings, 'collectorless', directory], {
        stdio: 'pipe',
      });
      return new SmallDisk(directory);
    } catch (error) {
      return error instanceof Error ? error : new Error('It could not be mounted');
    }
  }

  private constructor(directory: string) {
    this.#directory = directory;
    this.#ballast = join(directory, 'ballast');
  }

  /** Leaves no byte free. */
  fill(): void {
    for (let bytes = DISK_BYTES; bytes > 0; bytes = Math.floor(bytes / 4)) {
      try {
        writeFileSync(this.#ballast, Buffer.alloc(bytes), { flag: 'a' });
      } catch {
        // Full for so many; it took a part, and smaller pieces take the rest.
      }
    }
  }

  empty(): void {
    rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.#directory], { stdio: 'pipe' });
  }
}
