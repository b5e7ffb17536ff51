import type { Environment } from '../../../setup/environment/environment.ts';

const BY_PROTOCOL: Readonly<Record<string, readonly string[]>> = {
  'http:': ['http_proxy', 'HTTP_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY'],
};

/** The names of the variables that ask for a proxy on the way to an origin, as curl and others read them. */
export function proxyVariablesFor(origin: string, environment: Environment): readonly string[] {
  if (!URL.canParse(origin)) return [];
  const url = new URL(origin);
  const exceptions = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
  if (isLoopback(url.hostname) || isException(url, exceptions)) return [];
  const names = [...(BY_PROTOCOL[url.protocol] ?? []), 'all_proxy', 'ALL_PROXY'];
  return names.filter((name) => Boolean(environment[name]));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./u.test(host);
}

/** `example.com`, `.example.com` and `*.example.com` stand for the name and all below it, `*` for all. */
function isException({ host, hostname }: URL, exceptions: string): boolean {
  return exceptions
    .split(/[\s,]+/u)
    .filter((pattern) => pattern !== '')
    .some((pattern) => {
      if (pattern === '*') return true;
      const name = pattern.toLowerCase().replace(/^\*?\./u, '');
      return [host, hostname].some((one) => one === name || one.endsWith(`.${name}`));
    });
}
