import { isMap } from '../is-map.ts';
import { readableError } from './readable-error.ts';
import type { DropReason, EntryOutcome, SendOutcome } from './send-outcome.ts';

/**
 * What a sender answered, as an outcome that can be relied on.
 *
 * Senders are the user's own too. One that answers something else has a bug: its records are tried again,
 * never silently lost or taken as delivered.
 */
export function checkedOutcome(answer: unknown): SendOutcome {
  if (!isMap(answer)) return notAnOutcome();
  switch (answer['status']) {
    case 'delivered':
      return { status: 'delivered', ...statusOf(answer) };
    case 'retryable':
      return {
        status: 'retryable',
        error: errorFrom(answer),
        ...waitOf(answer),
        ...(answer['isMisconfigured'] === true ? { isMisconfigured: true } : {}),
      };
    case 'rejected':
      return {
        status: 'rejected',
        reason: dropReason(answer['reason']),
        error: errorFrom(answer),
        divisible: answer['divisible'] === true,
      };
    case 'partial': {
      const { entries } = answer;
      if (!Array.isArray(entries)) return notAnOutcome();
      const more = { ...waitOf(answer), ...statusOf(answer) };
      return { status: 'partial', entries: entries.map(checkedEntry), ...more };
    }
    default:
      return notAnOutcome();
  }
}

/** Without a word, or without a clear one, an entry is to be sent again. */
function checkedEntry(answer: unknown): EntryOutcome {
  if (!isMap(answer)) return { status: 'retryable' };
  if (answer['status'] === 'delivered') return { status: 'delivered' };
  const error = answer['error'] === undefined ? {} : { error: errorFrom(answer) };
  if (answer['status'] === 'rejected') {
    const maxEntryBytes = finite(answer['maxEntryBytes']);
    return {
      status: 'rejected',
      reason: dropReason(answer['reason']),
      ...error,
      ...(maxEntryBytes === undefined ? {} : { maxEntryBytes }),
    };
  }
  const restampMillis = finite(answer['restampMillis']);
  return {
    status: 'retryable',
    ...error,
    ...(restampMillis === undefined ? {} : { restampMillis }),
  };
}

function notAnOutcome(): SendOutcome {
  return {
    status: 'retryable',
    error: new Error('The sender answered something else than an outcome'),
  };
}

function waitOf(answer: Readonly<Record<string, unknown>>): { retryAfterMillis?: number } {
  const retryAfterMillis = finite(answer['retryAfterMillis']);
  return retryAfterMillis === undefined || retryAfterMillis < 0 ? {} : { retryAfterMillis };
}

function statusOf(answer: Readonly<Record<string, unknown>>): { httpStatusCode?: number } {
  const httpStatusCode = finite(answer['httpStatusCode']);
  return httpStatusCode === undefined ? {} : { httpStatusCode };
}

function errorFrom({ error }: Readonly<Record<string, unknown>>): Error {
  return readableError(error, 'The sender named no error');
}

/** The compiler asks for each reason there is. */
const DROP_REASONS: Readonly<Record<DropReason, true>> = {
  too_large: true,
  rejected: true,
  too_old: true,
  too_new: true,
  expired: true,
  timeout: true,
  retry_exhausted: true,
  buffer_full: true,
  spool_full: true,
  spool_expired: true,
  shut_down: true,
  invalid: true,
};

function dropReason(reason: unknown): DropReason {
  return isDropReason(reason) ? reason : 'rejected';
}

function isDropReason(reason: unknown): reason is DropReason {
  return typeof reason === 'string' && Object.hasOwn(DROP_REASONS, reason);
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
