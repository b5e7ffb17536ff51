import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { SendOutcome } from '../send/send-outcome.ts';
import type { Destination } from './destination.ts';
import type { TrackedEntry } from './tracked-entry.ts';

/** Makes one request to the destination. */
export async function sendTo(
  destination: Destination,
  target: Target,
  entries: readonly TrackedEntry[],
  signal: AbortSignal,
): Promise<SendOutcome> {
  // The exporter's own requests are never traced, nor do they belong to the application's trace
  // that happens to be active (OTel specification, "Suppress Tracing").
  const outcome = await context.with(suppressTracing(ROOT_CONTEXT), () =>
    destination.send({ target, entries }, { signal }),
  );
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
