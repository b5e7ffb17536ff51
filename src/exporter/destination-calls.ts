import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { SendOutcome } from '../send/send-outcome.ts';
import type { Destination } from './destination.ts';
import type { TrackedEntry } from './tracked-entry.ts';
import { untraced } from './untraced.ts';

/** Makes one request to the destination. */
export async function sendTo(
  destination: Destination,
  request: { readonly target: Target; readonly entries: readonly TrackedEntry[] },
  { hasSpool, signal }: { readonly hasSpool: boolean; readonly signal: AbortSignal },
): Promise<SendOutcome> {
  const answer = await untraced(() => destination.send(request, { signal }));
  const outcome = answer ?? { status: 'delivered' };
  // With a disk to wait on, records outlive a key or a stream that is wrong for a while.
  const isWaiting = hasSpool && outcome.status === 'rejected' && outcome.isMisconfigured === true;
  return isWaiting ? { status: 'retryable', error: outcome.error, isMisconfigured: true } : outcome;
}

/** What goes wrong in it costs no record, whether it throws or rejects. */
export async function releaseTarget(destination: Destination, target: Target): Promise<void> {
  try {
    await destination.release?.(target);
  } catch (error) {
    bugTeller(destination.name)(error);
  }
}
