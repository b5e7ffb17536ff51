import type { LocalAwsServiceName } from '../aws-services.ts';
import type { LocalServiceName } from '../violations.ts';
import type { AwsOperation } from './aws-operation.ts';
import type { FaultNames } from './fault-error.ts';

/** One AWS service behind the shared address. */
export interface AwsService {
  readonly name: LocalAwsServiceName;
  /** In the credential scope of the signature. */
  readonly signingName: string;
  /** Before the dot in `x-amz-target`. */
  readonly targetPrefix: string;
  readonly jsonVersion: '1.0' | '1.1';
  readonly operations: ReadonlyMap<string, AwsOperation>;
  readonly faultNames: FaultNames;
  /** Calls a second of the account, for each operation that has a quota. Default: no quota. */
  readonly callsPerSecond?: Readonly<Record<string, number>>;
  /** More headers on an error answer. */
  errorHeaders?(code: string, status: number): Record<string, string>;
  /** The error name as the service writes it into `__type`. Default: as it is. */
  errorType?(code: string): string;
  /** For the fault `stream-deleted`. */
  deleteTarget(target: string, what: 'stream' | 'group'): void;
}

/** One request that reached the local services. */
export interface RecordedRequest {
  readonly service: LocalServiceName;
  readonly operation: string;
  /** Delivery stream, `group/stream`, queue or path. */
  readonly target: string;
  /** Bytes of the body as sent. */
  readonly bytes: number;
  /** Records, events or messages inside. */
  readonly entries: number;
  /** The answer's status; undefined when there was none. */
  readonly status: number | undefined;
  /** The error name in the answer. */
  readonly error?: string;
  /** The fault that struck it. */
  readonly fault?: string;
  readonly receivedAtMillis: number;
}
