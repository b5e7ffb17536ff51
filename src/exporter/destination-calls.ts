import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { SendOutcome } from '../send/send-outcome.ts';
import type { Destination } from './destination.ts';
import type { TrackedEntry } from './tracked-entry.ts';
import { untraced } from './untraced.ts';

/** Makes one request to the destination. */
export async function sendTo(
  destination: Destination,
  target: Target,
  entries: readonly TrackedEntry[],
  signal: AbortSignal,
): Promise<SendOutcome> {
  const outcome = await untraced(() => destination.send({ target, entries }, { signal }));
  return outcome ?? { status: 'delivered' };
}

/** What goes wrong in it costs no record, whether it throws or rejects. */
export async function releaseTarget(destination: Destination, target: Target): Promise<void> {
  try {
    await destination.release?.(target);
  } catch (error) {
    tell('error', `${destination.name}: ${describeError(error)}`);
  }
}
