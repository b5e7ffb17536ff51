import type { DestinationName } from '../../destinations/manifests.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import type { Check, Subject } from './check.ts';
import type { Rule } from './diagnosis/diagnosis.ts';

/** What `doctor` knows of a destination. */
export interface DestinationDoctor {
  readonly name: DestinationName;
  /** What is looked at after the configuration and the packages, to the test record. */
  createChecks(subject: Subject): readonly Check[];
  /** Causes that only this destination has; they are asked before those that several share. */
  readonly rules?: readonly Rule[];
  /** The option to correct when the target does not exist. */
  readonly targetOption: string;
  /** The variable that decides where it sends to, or would. */
  addressVariable(environment: Environment): string;
  /** The variable that decides for which region it signs. */
  regionVariable?(environment: Environment): string;
  /** True for variables beside its own that decide where requests go and who signs them. */
  readsVariable?(variable: string): boolean;
  /** The action of IAM that each call needs, as a policy writes it. */
  readonly actions?: Readonly<Record<string, string>>;
  /** The action that a refusal means, where it does not name it. */
  actionIn?(message: string): string | undefined;
  /** What to do when the key that encrypts the target cannot be used. */
  readonly keyMend?: string;
}
