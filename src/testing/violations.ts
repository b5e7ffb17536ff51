import type { LocalAwsServiceName } from './aws-services.ts';

/** The parts of the local services, as they are named in faults, violations and recorded requests. */
export type LocalServiceName = LocalAwsServiceName | 'http' | 'zeromq';

/** One thing the real service would have refused, whether or not this run was strict. */
export interface Violation {
  readonly service: LocalServiceName;
  /** As the service names it: `PutRecordBatch`. */
  readonly operation: string;
  /** Short and constant: `record-bytes`, `chronological-order`. */
  readonly rule: string;
  /** The error name of the service. */
  readonly error: string;
  /** The error text of the service. */
  readonly message: string;
  /** Where in the request: `records.3.member.data`; empty for the request as a whole. */
  readonly detail: string;
  /** What the service fails for it: the whole call, or that entry alone. `advice` fails nothing. */
  readonly scope: 'call' | 'entry' | 'advice';
  readonly limit?: number;
  readonly actual?: number;
}
