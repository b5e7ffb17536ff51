import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';

/** A 2xx answer with its body. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; several of a name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 1 MiB of it. */
  readonly body: string;
  /** Entries of the request: log records, and the parts of those that were split. */
  readonly count: number;
}

/** What a service took of a request, by index from 0. */
export type PartialAcceptance =
  | 'accepted'
  | {
      /** Refused for good: dropped and counted. */
      readonly rejectedIndexes?: readonly number[];
      /** To be sent again. */
      readonly retryIndexes?: readonly number[];
    };

const NAMES: ReadonlySet<string> = new Set(['rejectedIndexes', 'retryIndexes']);

/** What a user's function answered as an outcome, or nothing when it makes no sense. */
export function outcomeOfAcceptance(
  acceptance: unknown,
  answer: HttpAnswer,
): SendOutcome | undefined {
  if (acceptance === 'accepted') return { status: 'delivered' };
  if (typeof acceptance !== 'object' || acceptance === null) return undefined;
  // A misspelt name, or a list alone, would lose what the service refused without a word.
  const names = Object.keys(acceptance);
  const isKnown = names.length === 0 || names.some((name) => NAMES.has(name));
  if (!isKnown || Array.isArray(acceptance)) return undefined;
  const rejected = indexesOf(Reflect.get(acceptance, 'rejectedIndexes'), answer.count);
  const retried = indexesOf(Reflect.get(acceptance, 'retryIndexes'), answer.count);
  if (rejected === undefined || retried === undefined) return undefined;
  if ([...rejected].some((index) => retried.has(index))) return undefined;
  if (rejected.size === 0 && retried.size === 0) return { status: 'delivered' };
  const error = new ServiceError('The service did not take the record', {
    code: 'PartialAcceptance',
    httpStatusCode: answer.status,
  });
  return {
    status: 'partial',
    entries: Array.from({ length: answer.count }, (_, index): EntryOutcome => {
      if (rejected.has(index)) return { status: 'rejected', reason: 'rejected', error };
      return { status: retried.has(index) ? 'retryable' : 'delivered', error };
    }),
  };
}

function indexesOf(value: unknown, count: number): Set<number> | undefined {
  if (value === undefined) return new Set();
  if (!Array.isArray(value)) return undefined;
  const isIndex = (index: unknown): index is number =>
    Number.isInteger(index) && Number(index) >= 0 && Number(index) < count;
  return value.every(isIndex) ? new Set(value) : undefined;
}
