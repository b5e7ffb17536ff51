import type { Diagnosis, Facts, Rule } from './diagnosis.ts';
import { plainToTls } from './network-rule.ts';
import { addressVariable, place } from './words-for.ts';

const UNREADABLE =
  /^(?:SyntaxError|UnknownError|UnknownOperationException|UnknownOperation|DeserializationError)$/u;

/** What answers is not the AWS service: its answer is not of the protocol. */
export const endpointRule: Rule = (_exporterName, failure, facts) => {
  const { code, httpStatusCode = 0 } = failure;
  if (httpStatusCode === 407) return proxyAuthentication(facts);
  if (httpStatusCode >= 300 && httpStatusCode < 400) return redirected(httpStatusCode, facts);
  if (!UNREADABLE.test(code) || httpStatusCode >= 500) return undefined;
  if (httpStatusCode === 400) {
    const isPlain = plainToTls(facts);
    if (isPlain !== undefined) return isPlain;
  }
  const { answerType } = facts;
  const what =
    code === 'UnknownOperationException' || code === 'UnknownOperation'
      ? 'knows nothing of this service'
      : `answers ${answerType ?? 'something'} (HTTP ${httpStatusCode}), which the service never does`;
  return {
    cause: 'wrong_endpoint',
    sentence: `${place(facts)} ${what}: it is another server.`,
    mend: `Correct ${addressVariable(facts)}, or leave it out to reach AWS.`,
  };
};

/** Somebody on the way asks for a password. */
export function proxyAuthentication(facts: Facts): Diagnosis {
  return {
    cause: 'proxy_authentication',
    sentence: `A proxy in front of ${place(facts)} asks for credentials (HTTP 407).`,
    mend:
      'Give the proxy with its credentials in code (`clientConfig.requestHandler`, `dispatcher`), or address the ' +
      'service itself.',
  };
}

export function redirected(httpStatusCode: number, facts: Facts): Diagnosis {
  return {
    cause: 'redirected',
    sentence: `${place(facts)} sends the request elsewhere (HTTP ${httpStatusCode}).`,
    mend: `Set the final address in ${addressVariable(facts)}. A page to log in of a company network answers so, too.`,
  };
}
