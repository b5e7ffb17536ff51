import type { Rule } from './diagnosis.ts';
import { place, plainToTls } from './network-rule.ts';

const UNREADABLE =
  /^(?:SyntaxError|UnknownError|UnknownOperationException|UnknownOperation|DeserializationError)$/u;

/** What answers is not the AWS service: its answer is not of the protocol. */
export const endpointRule: Rule = (exporterName, failure, facts) => {
  const { code, httpStatusCode = 0 } = failure;
  if (httpStatusCode === 407) return proxyAuthentication(exporterName, failure, facts);
  if (httpStatusCode >= 300 && httpStatusCode < 400)
    return redirected(exporterName, failure, facts);
  if (!UNREADABLE.test(code) || httpStatusCode >= 500) return undefined;
  if (httpStatusCode === 400) {
    const isPlain = plainToTls(exporterName, failure, facts);
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
    mend: 'Correct AWS_ENDPOINT_URL (or the one of this service), or leave it out to reach AWS.',
  };
};

/** Somebody on the way asks for a password. */
export const proxyAuthentication: Rule = (_exporterName, _failure, facts) => ({
  cause: 'proxy_authentication',
  sentence: `A proxy in front of ${place(facts)} asks for credentials (HTTP 407).`,
  mend: 'Give the proxy with its credentials in code (`clientConfig.requestHandler`, `dispatcher`), or address the service itself.',
});

export const redirected: Rule = (_exporterName, { httpStatusCode }, facts) => ({
  cause: 'redirected',
  sentence: `${place(facts)} sends the request elsewhere (HTTP ${httpStatusCode}).`,
  mend: 'Set the final address. A page to log in of a company network answers so, too.',
});
