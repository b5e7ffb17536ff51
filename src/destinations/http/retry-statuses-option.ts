import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';
import { DEFAULT_RETRY_STATUSES, OTLP_RETRY_STATUSES } from './http-limits.ts';
import type { HttpOptions } from './http-log-record-exporter-options.ts';

/**
 * The statuses that are tried again. A 401 is one of them only where `headers` is a function, which may
 * answer a fresh token then; fixed credentials that are refused stay refused.
 *
 * @throws InvalidOptionError
 */
export function resolveRetryStatuses(
  { headers, retryStatuses }: HttpOptions,
  { isOtlp }: { readonly isOtlp: boolean },
): ReadonlySet<number> {
  if (retryStatuses === undefined) {
    const statuses = isOtlp ? OTLP_RETRY_STATUSES : DEFAULT_RETRY_STATUSES;
    return new Set(typeof headers === 'function' ? [...statuses, 401] : statuses);
  }
  const isStatus = (status: unknown): boolean =>
    Number.isInteger(status) && Number(status) >= 300 && Number(status) <= 599;
  const isList = Array.isArray(retryStatuses);
  if (!isList || !retryStatuses.every(isStatus)) {
    const wrong: unknown = isList
      ? retryStatuses.find((status) => !isStatus(status))
      : retryStatuses;
    throw new InvalidOptionError(
      `Expected \`retryStatuses\` to be an array of whole numbers from 300 to 599, got ${shownOption(wrong)}`,
    );
  }
  return new Set(retryStatuses);
}
