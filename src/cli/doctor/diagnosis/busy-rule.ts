import type { Rule } from './diagnosis.ts';
import { place } from './words-for.ts';

const THROTTLED = /Throttl|TooManyRequests|SlowDown|RequestLimitExceeded|^LimitExceeded/u;

/** The service is there and would take the record at another time. */
export const busyRule: Rule = (_doctor, { code, httpStatusCode = 0 }, facts) => {
  if (THROTTLED.test(code) || httpStatusCode === 429) {
    return {
      cause: 'throttled',
      sentence: `${place(facts)} takes no more requests at the moment (${httpStatusCode === 429 ? 'HTTP 429' : code}).`,
      mend: 'Try again. The exporter does so by itself; if it stays, raise the quota or send less.',
    };
  }
  if (httpStatusCode < 500) return undefined;
  return {
    cause: 'service_unavailable',
    sentence: `${place(facts)} answers with an error of its own (HTTP ${httpStatusCode}).`,
    mend:
      'Try again. The exporter does so by itself; if it stays, look at the service, or at the proxy or load ' +
      'balancer in front of it.',
  };
};
