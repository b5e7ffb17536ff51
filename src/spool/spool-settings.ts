import type { TryLock } from './file-lock.ts';
import type { SpoolClock } from './spool-clock.ts';
import type { SpoolEvents } from './spool-events.ts';
import type { SpoolFileSystem } from './spool-file-system.ts';

export interface SpoolSettings {
  readonly directory: string;
  /** Names the subfolder of exporters that may send each other's files; made safe. */
  readonly group: string;
  /**
   * True for the name of a folder beside the group's, of whose records is told when nobody sends them. Default: of none.
   */
  readonly isRelated?: (folderName: string) => boolean;
  readonly maxBytes: number;
  readonly maxAgeMillis: number;
  readonly events: SpoolEvents;
  readonly clock: SpoolClock;
  /** Default: the disk, by `node:fs/promises`. */
  readonly fileSystem?: SpoolFileSystem;
  /** Default: the locks of the operating system, by `fs-native-extensions`. */
  readonly lock?: () => Promise<TryLock>;
}
