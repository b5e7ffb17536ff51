import { regionOfHost, similarRegion } from './aws-region.ts';
import type { Diagnosis, Facts, Failure, Rule } from './diagnosis.ts';
import { networkCode } from './network-code.ts';
import { addressVariable, hostOf, place, regionVariable } from './words-for.ts';

/** The host was not found, not reached, or went away. */
export const networkRule: Rule = (_doctor, failure, facts) => {
  switch (networkCode(failure)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return unknownRegion(facts) ?? proxyNotUsed(facts) ?? unknownHost(facts);
    case 'ECONNREFUSED':
      return proxyNotUsed(facts) ?? connectionRefused(facts);
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return proxyNotUsed(facts) ?? connectionTimeout(facts);
    case 'ECONNRESET':
    case 'EPIPE':
      return plainToTls(facts) ?? connectionReset(facts);
    case 'EADDRINUSE':
      return {
        cause: 'address_in_use',
        sentence: `Another process listens at ${place(facts)} already.`,
        mend: 'Stop it while you run this: it may be the application itself.',
      };
    default:
      return failure.code.startsWith('HPE_') ? plainToTls(facts) : undefined;
  }
};

/** A server that speaks TLS answers plain text with a reset or with 400. */
export function plainToTls(facts: Facts): Diagnosis | undefined {
  if (facts.speaksTls !== true) return undefined;
  return {
    cause: 'plain_to_tls_server',
    sentence: `The server at ${place(facts)} speaks TLS, and the address begins with http:.`,
    mend: `Let ${addressVariable(facts)} begin with https:.`,
  };
}

function unknownRegion(facts: Facts): Diagnosis | undefined {
  const host = hostOf(facts.origin);
  const inHost = regionOfHost(host);
  if (inHost === undefined) return undefined;
  const similar = similarRegion(inHost);
  if (similar === undefined) return undefined;
  const variable = inHost === facts.region ? regionVariable(facts) : addressVariable(facts);
  return {
    cause: 'invalid_region',
    sentence: `There is no host ${host}: the region ${inHost} does not exist.`,
    mend: `Set ${variable} to the right region; ${similar} has a similar name.`,
  };
}

/** Node.js reads proxy variables for agents that are told so; those of the AWS SDK and of the exporters are not. */
function proxyNotUsed({ origin, proxyVariables = [] }: Facts): Diagnosis | undefined {
  if (proxyVariables.length === 0) return undefined;
  return {
    cause: 'proxy_not_used',
    sentence:
      `${origin} cannot be reached straight from here. ${proxyVariables.join(' and ')} ` +
      `${proxyVariables.length === 1 ? 'is' : 'are'} set, but the exporter does not read proxy variables.`,
    mend:
      'Give the exporter a proxy in code (`clientConfig.requestHandler` for AWS, `dispatcher` for http), ' +
      'or let the network pass this host without the proxy.',
  };
}

function unknownHost(facts: Facts): Diagnosis {
  return {
    cause: 'unknown_host',
    sentence: `The name ${hostOf(facts.origin)} cannot be resolved.`,
    mend: `Check its spelling in ${addressVariable(facts)}${
      facts.region === undefined ? '' : ', the region'
    }, and the DNS of this network.`,
  };
}

function connectionRefused(facts: Facts): Diagnosis {
  return {
    cause: 'connection_refused',
    sentence: `Nothing listens at ${place(facts)}.`,
    mend: `Start the service, or correct the host and port in ${addressVariable(facts)}.`,
  };
}

function connectionTimeout(facts: Facts): Diagnosis {
  return {
    cause: 'connection_timeout',
    sentence: `There is no way to ${place(facts)}: connecting to it is never answered.`,
    mend:
      'Look for a firewall, a security group or a route that is missing. In a private network AWS needs a NAT ' +
      'gateway or a VPC endpoint, others may need a proxy.',
  };
}

function connectionReset(facts: Facts): Diagnosis {
  return {
    cause: 'connection_reset',
    sentence: `The connection to ${place(facts)} was made and then cut.`,
    mend:
      'Try again. If it stays, something on the way (a firewall, a proxy that inspects TLS, a load balancer) ' +
      'cuts it, or the server is not the service.',
  };
}

/** The time of the test record was over before an answer came. */
export function noAnswer(failure: Failure, facts: Facts): Diagnosis | undefined {
  if (failure.reason !== 'timeout' && failure.code !== 'TimeoutError') return undefined;
  return {
    cause: 'no_answer',
    sentence: `${place(facts)} took the request and did not answer within ${facts.timeoutMillis} ms.`,
    mend: 'Try again with a longer --timeout-millis. If it stays, the service hangs or is not the one you mean.',
  };
}
