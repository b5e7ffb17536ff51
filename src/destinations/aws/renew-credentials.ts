import type { Destination } from '../../exporter/destination.ts';
import { systemRuntime } from '../../exporter/runtime.ts';
import { objectProperty } from '../../object-property.ts';
import type { Clock } from '../../send/clock.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';

/**
 * Refusals of credentials that have ended, or whose key is gone, as after a rotation
 * (https://docs.aws.amazon.com/general/latest/gr/api-retries.html and each service's "Common errors").
 */
const ENDED: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
/** As long as the longest wait between two attempts by default: a provider may have to ask a service of its own. */
const PAUSE_MILLIS = 10_000;

/**
 * Has the SDK ask its provider anew once a service refused the credentials as ended, or the SDK itself found them to be
 * none. By itself it keeps those that do not say when they end for ever, also what the provider answered before it had
 * any, and those that do until a clock that may be wrong says so.
 *
 * @param getClient The client that `send` uses.
 * @param clock For tests. Default: the system's.
 */
export function renewCredentials(
  send: Destination['send'],
  getClient: () => Promise<{ readonly client: object }>,
  clock: Pick<Clock, 'monotonicMillis'> = systemRuntime,
): Destination['send'] {
  let againAtMillis = Number.NEGATIVE_INFINITY;
  const ask = async (): Promise<void> => {
    const config = objectProperty((await getClient()).client, 'config');
    const credentials = objectProperty(config, 'credentials');
    if (typeof credentials === 'function') await credentials.call(config, { forceRefresh: true });
  };
  return async (request, context) => {
    const outcome = await send(request, context);
    if (outcome !== undefined && mayHaveEnded(outcome)) {
      const nowMillis = clock.monotonicMillis();
      if (nowMillis >= againAtMillis) {
        againAtMillis = nowMillis + PAUSE_MILLIS;
        // Not waited for: a provider that hangs must not hold up the records. What it throws, the next attempt tells.
        void ask().catch(() => {});
      }
    }
    return outcome;
  };
}

function mayHaveEnded(outcome: SendOutcome): boolean {
  if (outcome.status !== 'retryable' && outcome.status !== 'rejected') return false;
  const { error } = outcome;
  if (!(error instanceof ServiceError)) return false;
  // What the SDK refuses before any request passes with time, and is told at once.
  return (
    ENDED.has(error.code) || (outcome.status === 'retryable' && outcome.isMisconfigured === true)
  );
}
