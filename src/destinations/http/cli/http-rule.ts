import type { CauseCode, Diagnosis, Rule } from '../../../cli/doctor/diagnosis/diagnosis.ts';
import { proxyAuthentication, redirected } from '../../../cli/doctor/diagnosis/endpoint-rule.ts';
import { plainToTls } from '../../../cli/doctor/diagnosis/network-rule.ts';
import { place } from '../../../cli/doctor/diagnosis/words-for.ts';
import { variableOf } from '../../../cli/settings/variable-of.ts';

const url = variableOf('http', 'url');
const headers = variableOf('http', 'headers');

/** Cause, what the server says, and the mend. */
const BY_STATUS: Readonly<Record<number, readonly [CauseCode, string, string]>> = {
  401: [
    'unauthorized',
    'does not accept the credentials of the request',
    `Set the header that it wants in ${headers}, such as authorization=Bearer%20….`,
  ],
  403: [
    'forbidden',
    'knows the credentials of the request or needs none, and refuses it',
    `Check what the token in ${headers} or in the address may do.`,
  ],
  404: ['wrong_endpoint', 'has nothing at this path', `Correct the path in ${url}.`],
  405: [
    'method_not_allowed',
    'does not take this method at this path',
    `Correct the path in ${url}, or set ${variableOf('http', 'method')}.`,
  ],
  410: ['wrong_endpoint', 'has nothing at this path any more', `Correct the path in ${url}.`],
  411: [
    'bad_request',
    'wants to know the length of the body',
    'Look at the proxy in front of it: the exporter does send the length.',
  ],
  413: [
    'too_large',
    'finds a single record too large',
    `Set ${variableOf('http', 'maxRequestBytes')} to what it takes.`,
  ],
  414: ['too_large', 'finds the address too long', `Set ${variableOf('http', 'method')} to POST.`],
  415: [
    'unsupported_media_type',
    'does not take this kind of body',
    `Set ${variableOf('http', 'encoding')}, ${variableOf('http', 'framing')} and ${variableOf('http', 'compression')} to what it takes.`,
  ],
};

/** What the status of an HTTP endpoint says. */
export const httpRule: Rule = (_doctor, failure, facts) => {
  const { httpStatusCode: status } = failure;
  if (status === undefined || status < 300) return undefined;
  if (status === 407) return proxyAuthentication(facts);
  if (status < 400) return redirected(status, facts);
  const row = BY_STATUS[status];
  if (row !== undefined) return diagnosisOf(row, status, place(facts));
  if (status >= 500 || status === 429) return undefined;
  return (
    plainToTls(facts) ??
    diagnosisOf(
      [
        'bad_request',
        'does not like the request',
        `Compare what it takes with ${variableOf('http', 'encoding')} and ${variableOf('http', 'framing')}; its own log says more.`,
      ],
      status,
      place(facts),
    )
  );
};

function diagnosisOf(
  [cause, what, mend]: readonly [CauseCode, string, string],
  status: number,
  origin: string,
): Diagnosis {
  return { cause, sentence: `${origin} ${what} (HTTP ${status}).`, mend };
}
