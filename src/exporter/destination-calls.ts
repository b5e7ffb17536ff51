import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { Clock } from '../send/clock.ts';
import type { SendOutcome } from '../send/send-outcome.ts';
import { copyingSend } from './copying-send.ts';
import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import type { TrackedEntry } from './tracked-entry.ts';
import { untraced } from './untraced.ts';

/** Makes one request to the destination and says what became of it. */
export type SendRequest = (
  target: Target,
  entries: readonly TrackedEntry[],
  signal: AbortSignal,
) => Promise<SendOutcome>;

export function senderOf(
  destination: Destination,
  { maxBufferedBytes, spool }: Pick<ResolvedOptions, 'maxBufferedBytes' | 'spool'>,
  clock: Pick<Clock, 'startTimer'>,
): SendRequest {
  const send: Destination['send'] =
    'readsByName' in destination
      ? (request, context) => destination.send(request, context)
      : copyingSend(destination, maxBufferedBytes, clock);
  return async (target, entries, signal) => {
    const answer = await untraced(() => send({ target, entries }, { signal }));
    const outcome = answer ?? { status: 'delivered' };
    // With a disk to wait on, records outlive a key or a stream that is wrong for a while.
    const isWaiting =
      spool !== undefined && outcome.status === 'rejected' && outcome.isMisconfigured === true;
    if (!isWaiting) return outcome;
    return { status: 'retryable', error: outcome.error, isMisconfigured: true };
  };
}

/** What goes wrong in it costs no record, whether it throws or rejects. */
export async function releaseTarget(destination: Destination, target: Target): Promise<void> {
  try {
    await untraced(() => destination.release?.(target));
  } catch (error) {
    bugTeller(destination.name)(error);
  }
}
