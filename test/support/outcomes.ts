import type { DropReason, SendOutcome } from '../../src/send/send-outcome.ts';

export const delivered: SendOutcome = { status: 'delivered' };

export function retryable(retryAfterMillis?: number): SendOutcome {
  const error = new Error('try again');
  return retryAfterMillis === undefined
    ? { status: 'retryable', error }
    : { status: 'retryable', error, retryAfterMillis };
}

export function rejected(options: { reason?: DropReason; divisible?: boolean } = {}): SendOutcome {
  const { divisible = false, reason = 'rejected' } = options;
  return { status: 'rejected', reason, error: new Error('refused'), divisible };
}

export const neverAnswers: Promise<SendOutcome> = new Promise(() => {});
