import type { DestinationDemo } from './demo/destination-demo.ts';
import type { DestinationDoctor } from './doctor/destination-doctor.ts';
import type { DestinationPermissions } from './iam/destination-permissions.ts';

/** What the commands know of a destination. */
export interface DestinationCommands {
  readonly doctor: DestinationDoctor;
  /** Missing where nothing of AWS is called. */
  readonly iam?: DestinationPermissions;
  /** Missing where there is no local service for it. */
  readonly demo?: DestinationDemo;
}
