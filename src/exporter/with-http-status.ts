import type { SendOutcome } from '../send/send-outcome.ts';

/** An answer that decided of entries, with its status for the metrics; an error carries its own. */
export function withHttpStatus(outcome: SendOutcome, httpStatusCode: number): SendOutcome {
  return outcome.status === 'delivered' || outcome.status === 'partial'
    ? { ...outcome, httpStatusCode }
    : outcome;
}
