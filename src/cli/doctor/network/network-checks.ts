import { isIP } from 'node:net';
import { type Check, type Finding, ok, skipped } from '../check.ts';
import type { Facts } from '../diagnosis/diagnosis.ts';
import { connectTcp, shakeHandsTls } from './connect.ts';
import { resolveHost } from './resolve-host.ts';

/** A connection takes much less; who waits for the user does not want to wait for the system's 2 minutes. */
const MAX_CONNECT_MILLIS = 5000;

/** DNS, TCP and TLS to the origin, as far as it has each of them. */
export function createNetworkChecks(timeoutMillis: number): readonly Check[] {
  const connectMillis = Math.min(timeoutMillis, MAX_CONNECT_MILLIS);
  return [
    { step: 'dns', run: (facts) => withAddress(facts, resolve) },
    {
      step: 'tcp',
      run: (facts) => withAddress(facts, (address) => connect(address, connectMillis)),
    },
    {
      step: 'tls',
      run: (facts) => withAddress(facts, (address) => secure(address, connectMillis)),
    },
  ];
}

export interface Address {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

export function addressOf(origin: string | undefined): Address | undefined {
  if (origin === undefined || !URL.canParse(origin)) return undefined;
  const { hostname, port, protocol } = new URL(origin);
  const number = port === '' ? PORTS[protocol] : Number(port);
  if (number === undefined || hostname === '') return undefined;
  return { protocol, host: hostname.replace(/^\[|\]$/gu, ''), port: number };
}

async function withAddress(
  { origin }: Facts,
  check: (address: Address) => Finding | Promise<Finding>,
): Promise<Finding> {
  const address = addressOf(origin);
  return address === undefined ? skipped('not over TCP, or from here') : check(address);
}

async function resolve({ host }: Address): Promise<Finding> {
  if (isIP(host) !== 0) return skipped(`${host} is an address already`);
  return ok(`${host} is ${(await resolveHost(host)).join(', ')}`);
}

async function connect({ host, port }: Address, connectMillis: number): Promise<Finding> {
  await connectTcp({ host, port, timeoutMillis: connectMillis });
  return ok(`${host}:${port} takes connections`);
}

async function secure({ host, port, protocol }: Address, connectMillis: number): Promise<Finding> {
  if (protocol !== 'https:') return skipped(`${protocol.slice(0, -1)} has none`);
  const { issuer, version } = await shakeHandsTls({ host, port, timeoutMillis: connectMillis });
  return ok(`${version}, the certificate is trusted${issuer === '' ? '' : ` (${issuer})`}`);
}
