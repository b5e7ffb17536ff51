import { complain } from './complain.ts';
import type { Document } from './document.ts';
import { lineAt } from './markdown.ts';

/** Hosts that the documents may send a reader to. That they answer is not asked: the tests need no network. */
const HOSTS: readonly string[] = [
  'aws.amazon.com',
  'cloud.google.com',
  'docs.aws.amazon.com',
  'docs.docker.com',
  'github.com',
  'help.sumologic.com',
  'nextjs.org',
  'nodejs.org',
  'opentelemetry.io',
  'pm2.keymetrics.io',
  'www.npmjs.com',
];

/** Addresses of services as they stand in samples. */
const SERVICES = /\.amazonaws\.com$|\.sumologic\.com$/u;

/** Names that belong to nobody (RFC 2606, RFC 6761, `.internal` of ICANN) or to the reader's own machine. */
const EXAMPLES =
  /^(?:localhost|127\.0\.0\.1|\[::1\])$|(?:^|\.)(?:example\.(?:com|org|net)|example|internal)$/u;

/** Addresses whose host is not known, and addresses without TLS that are no examples. */
export function wrongHosts({ path, text }: Document): readonly string[] {
  const addresses = text.matchAll(/\b(?<scheme>https?):\/\/(?<host>[a-z0-9.[\]-]+|\[[\d:]+\])/giu);
  return [...addresses].flatMap(({ groups, index }) => {
    const { host = '', scheme = '' } = groups ?? {};
    const place = { path, line: lineAt(text, index) };
    if (EXAMPLES.test(host)) return [];
    if (scheme === 'http')
      return [complain(place, `names http://${host}, which is no example`, '', [])];
    if (HOSTS.includes(host) || SERVICES.test(host)) return [];
    return [complain(place, `names ${host}, a host that is not on the list`, host, HOSTS)];
  });
}
