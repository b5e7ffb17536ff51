import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import type { AnswerBody } from './answer-body.ts';
import type { Answer } from './exchange.ts';
import type { HttpOptions } from './http-log-record-exporter-options.ts';
import { outcomeOfOtlpAnswer } from './otlp-body.ts';
import { type HttpAnswer, outcomeOfAcceptance } from './partial-acceptance.ts';
import type { RateLimitedWarnings } from './rate-limited-warnings.ts';
import { sumoLogicWarning } from './sumo-logic-warning.ts';

/** Reads a 2xx answer to a request of `count` entries. */
export type AnswerReader = (answer: Answer, count: number) => Promise<SendOutcome>;

export interface AnswerReaderOptions {
  readonly partialAcceptance: HttpOptions['partialAcceptance'];
  readonly isOtlp: boolean;
  readonly isSumoLogic: boolean;
  readonly warnings: RateLimitedWarnings;
}

/** Chooses how far a 2xx is believed. */
export function createAnswerReader(options: AnswerReaderOptions): AnswerReader {
  const { isOtlp, isSumoLogic, partialAcceptance, warnings } = options;
  if (partialAcceptance !== undefined) {
    return (answer, count) => askUser(partialAcceptance, answer, count, warnings);
  }
  if (isOtlp) {
    return async ({ body }, count) => outcomeOfOtlpAnswer((await body.read()) ?? '', count);
  }
  // The records are there whatever comes after the status, so nobody waits for it: an answer cut short by
  // the time limit would have them sent again.
  return ({ body }) => {
    void (isSumoLogic ? printSumoLogicWarning(body, warnings) : body.discard());
    return Promise.resolve({ status: 'delivered' });
  };
}

async function askUser(
  partialAcceptance: NonNullable<HttpOptions['partialAcceptance']>,
  { body, headers, statusCode }: Answer,
  count: number,
  warnings: RateLimitedWarnings,
): Promise<SendOutcome> {
  const text = await body.read();
  if (text === undefined) {
    const error = new ServiceError('The end of the answer was lost', {
      code: 'AnswerLost',
      httpStatusCode: statusCode,
    });
    return { status: 'retryable', error };
  }
  const answer: HttpAnswer = {
    status: statusCode,
    headers: headers.joined(),
    body: text,
    count,
  };
  let outcome: SendOutcome | undefined;
  try {
    outcome = outcomeOfAcceptance(await partialAcceptance(answer), answer);
  } catch {
    outcome = undefined;
  }
  if (outcome !== undefined) return outcome;
  // A bug that would come again with each attempt, while the service did answer 2xx.
  warnings.warn(
    'partialAcceptance',
    "`partialAcceptance` threw or answered neither 'accepted' nor valid indexes: the answer counts as accepted",
  );
  return { status: 'delivered' };
}

async function printSumoLogicWarning(
  body: AnswerBody,
  warnings: RateLimitedWarnings,
): Promise<void> {
  const warning = sumoLogicWarning((await body.read()) ?? '');
  if (warning === undefined) return;
  const { code, message } = warning;
  warnings.warn(code, `Sumo Logic took the records but complained: ${code}: ${message}`);
}
