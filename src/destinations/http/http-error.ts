import { codeOf } from '../../code-of.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';

/** A request that cannot be made of what the user's options answered; it was not sent. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly code = 'ERR_INVALID_REQUEST';
}

/** What a request without a readable answer means for its records: the network heals, a wrong request does not. */
export function classifyHttpError(thrown: unknown): SendOutcome {
  if (thrown instanceof InvalidRequestError) {
    return { status: 'rejected', reason: 'invalid', error: thrown };
  }
  if (thrown instanceof ServiceError) return { status: 'retryable', error: thrown };
  return { status: 'retryable', error: toServiceError(thrown) };
}

/** Of the client's error the code and its own words; a message of several lines tells of each address tried. */
function toServiceError(thrown: unknown): ServiceError {
  if (!(thrown instanceof Error)) return new ServiceError('', { code: 'UnknownError' });
  return new ServiceError(thrown.message, { code: codeOf(thrown) ?? thrown.name });
}
