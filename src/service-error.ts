import { safeMessage } from './describe-error.ts';

/**
 * A service refused a request or could not be reached.
 *
 * Made of names, codes and a cleaned message only: the original error is not kept as `cause`, because it
 * holds the signed request and, in validation messages, contents of records.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** The service's own name for the failure, such as `ThrottlingException`, or a system code. */
  readonly code: string;
  readonly httpStatusCode: number | undefined;
  readonly requestId: string | undefined;

  constructor(
    message: string,
    details: {
      readonly code: string;
      readonly httpStatusCode?: number | undefined;
      readonly requestId?: string | undefined;
    },
  ) {
    super(safeMessage(message));
    this.code = details.code;
    this.httpStatusCode = details.httpStatusCode;
    this.requestId = details.requestId;
  }
}
