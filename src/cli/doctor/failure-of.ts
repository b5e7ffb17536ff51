import { errorType, safeMessage } from '../../describe-error.ts';
import type { Drop } from '../../report/drop-reporter.ts';
import type { Failure } from './diagnosis/diagnosis.ts';

/** What an error tells, without what it may repeat of a request. */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { code: 'UnknownError', message: '' };
  const status = 'httpStatusCode' in thrown ? thrown.httpStatusCode : undefined;
  return {
    code: errorType(thrown),
    message: safeMessage(thrown.message),
    httpStatusCode: typeof status === 'number' ? status : undefined,
  };
}

/** Why the exporter gave the test record up. */
export function failureOfDrop({ error, reason }: Drop): Failure {
  return { ...failureOf(error ?? new Error('no more is known')), reason };
}
