import type { OptionValues } from '../../setup/environment/build-options.ts';
import type { Permissions, Scope } from './policy.ts';

/** What `iam` knows of a destination. */
export interface DestinationPermissions {
  /**
   * What an exporter with these options calls.
   * @param kmsKeyArn The key that encrypts the target, for those that have `usesKey`.
   */
  permissionsOf(options: OptionValues, scope: Scope, kmsKeyArn: string | undefined): Permissions;
  /** Senders need permissions on the key that encrypts the target. */
  readonly usesKey?: true;
  /** What the options themselves say of where the target is. */
  placeOf?(options: OptionValues): Partial<Pick<Scope, 'account' | 'region'>>;
}
