import { withHttpStatus } from '../../exporter/with-http-status.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';

const OK = 200;

/** What a call was answered that the client took as done: there is but one such status in the services here. */
export function answeredOk(outcome: SendOutcome): SendOutcome {
  return withHttpStatus(outcome, OK);
}
