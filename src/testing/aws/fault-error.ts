import type { Fault } from '../faults/fault.ts';
import { AwsError } from './aws-error.ts';

/** The error names in which the services differ. */
export interface FaultNames {
  readonly throttle: readonly [name: string, message: string];
  readonly unavailable: string;
  readonly internal: string;
  readonly expired: string;
  readonly notFound: readonly [name: string, message: string];
}

/** The error that a fault makes of a call, or undefined when the call is carried out. */
export function faultError(fault: Fault, names: FaultNames): AwsError | undefined {
  switch (fault.kind) {
    case 'throttle':
      return new AwsError(...names.throttle, 400, retryAfter(fault.retryAfterSeconds));
    case 'service-unavailable': {
      const message = 'Service is unavailable. Please try again.';
      return new AwsError(names.unavailable, message, 503, retryAfter(fault.retryAfterSeconds));
    }
    case 'internal-error':
      return new AwsError(names.internal, 'The service had an internal failure.', 500);
    case 'expired-credentials':
      return new AwsError(names.expired, 'The security token included in the request is expired');
    case 'not-found':
      return new AwsError(...names.notFound);
    case 'operation-aborted': {
      const message =
        'A conflicting operation is currently in progress against this resource. Please try again.';
      return new AwsError('OperationAbortedException', message);
    }
    case 'error':
      return new AwsError(fault.name, fault.message ?? fault.name, fault.status, fault.headers);
    default:
      return undefined;
  }
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}
