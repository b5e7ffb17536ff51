import type { DestinationName } from '../../destinations/manifests.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import type { Settings } from '../settings/read-settings.ts';
import type { Facts, Failure } from './diagnosis/diagnosis.ts';
import type { Step, StepName } from './doctor-report.ts';

/** The exporter that is looked at. */
export interface Subject {
  readonly name: DestinationName;
  readonly environment: Environment;
  readonly settings: Settings;
  /** How long the test record may take. */
  readonly timeoutMillis: number;
}

/** What a check found. A failure ends the checks, but for those that run even so. */
export interface Finding {
  readonly status: Step['status'];
  readonly detail: string;
  /** More lines of the same step, each a warning. */
  readonly warnings?: readonly string[];
  readonly failure?: Failure;
  /** What later checks and the diagnosis can use. */
  readonly facts?: Facts;
}

export interface Check {
  readonly step: StepName;
  /** May reject: what it throws is the failure. */
  run(facts: Facts): Promise<Finding> | Finding;
  /** It has something to say of a failure before it. */
  readonly runsAfterFailure?: true;
}

export function ok(detail: string, facts?: Facts): Finding {
  return { status: 'ok', detail, ...(facts === undefined ? {} : { facts }) };
}

export function skipped(detail: string): Finding {
  return { status: 'skipped', detail };
}

export function failed(failure: Failure, facts?: Facts): Finding {
  // The name `Error` tells nothing.
  const code = failure.code === 'Error' ? '' : failure.code;
  const detail = [code, failure.message].filter((text) => text !== '').join(': ');
  return { status: 'failed', detail, failure, ...(facts === undefined ? {} : { facts }) };
}
