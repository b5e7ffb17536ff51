import type { Diagnosis, Facts, Rule } from './diagnosis.ts';
import { plainToTls } from './network-rule.ts';
import { addressVariable, place } from './words-for.ts';

const UNREADABLE =
  /^(?:SyntaxError|Unknown|UnknownError|UnknownOperationException|UnknownOperation|DeserializationError|MalformedAnswer)$/u;

/** What answers is not the AWS service: its answer is not of the protocol. */
export const endpointRule: Rule = (_doctor, failure, facts) => {
  const { code } = failure;
  const httpStatusCode = failure.httpStatusCode ?? facts.answerStatus ?? 0;
  if (httpStatusCode === 407) return proxyAuthentication(facts);
  if (httpStatusCode >= 300 && httpStatusCode < 400) return redirected(httpStatusCode, facts);
  if (!isForeign(code, httpStatusCode, facts)) return undefined;
  if (httpStatusCode === 400) {
    const isPlain = plainToTls(facts);
    if (isPlain !== undefined) return isPlain;
  }
  if (code === 'UnknownOperationException' || code === 'UnknownOperation') {
    return wrongEndpoint('knows nothing of this service: it is another server', facts);
  }
  if (facts.isOfService === true) return unreadable(httpStatusCode, facts);
  const type = facts.answerType ?? 'without a media type';
  return wrongEndpoint(
    `answers ${type} (HTTP ${httpStatusCode}), which the service never does: it is another server`,
    facts,
  );
};

function isForeign(code: string, status: number, { isOfService }: Facts): boolean {
  if (status >= 500 || status === 429) return false;
  if (UNREADABLE.test(code)) return true;
  // The SDK reads fields of an answer that is empty or `null`.
  if (code === 'TypeError') return status >= 200 && status < 300;
  return isOfService === false && status >= 200;
}

/** The headers are those of the service, the body is not: to blame the media type would be wrong. */
function unreadable(status: number, facts: Facts): Diagnosis {
  return {
    cause: 'wrong_endpoint',
    sentence:
      `${place(facts)} answers with headers as the service sends them (HTTP ${status}) and a body that is not ` +
      'of its protocol: it is another server, or something on the way changes answers.',
    mend: `Try again. If it stays, look at the proxy in front of it, or correct ${addressVariable(facts)}.`,
  };
}

function wrongEndpoint(what: string, facts: Facts): Diagnosis {
  return {
    cause: 'wrong_endpoint',
    sentence: `${place(facts)} ${what}.`,
    mend: `Correct ${addressVariable(facts)}, or leave it out to reach AWS.`,
  };
}

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
