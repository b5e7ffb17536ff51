import type { DiskHealth } from './disk-health.ts';
import type { SpoolClock } from './spool-clock.ts';
import type { SpoolEvents } from './spool-events.ts';
import type { SpoolFileSystem } from './spool-file-system.ts';

/** What all parts of a spool share. */
export interface SpoolParts {
  readonly fileSystem: SpoolFileSystem;
  readonly clock: SpoolClock;
  /** None of them throws. */
  readonly events: SpoolEvents;
  readonly health: DiskHealth;
  /** The folder in which every owner of the group has one. */
  readonly groupPath: string;
}
