import type { Destination } from '../exporter/destination.ts';

/** Host and port of an address, as far as its beginning is fixed text; nothing where there is none. */
export function serverOf(address: unknown): Pick<Destination, 'server'> {
  const fixed = typeof address === 'string' ? address.replace(/\{.*$/su, '') : '';
  if (!URL.canParse(fixed)) return {};
  const { hostname, port, protocol } = new URL(fixed);
  const isWhole = fixed === address || fixed.slice(protocol.length + 2).includes('/');
  if (hostname === '' || hostname.includes('*') || !isWhole) return {};
  const known = port === '' ? DEFAULT_PORTS[protocol] : Number(port);
  return { server: { address: hostname, ...(known === undefined ? {} : { port: known }) } };
}

const DEFAULT_PORTS: Readonly<Record<string, number | undefined>> = { 'http:': 80, 'https:': 443 };
