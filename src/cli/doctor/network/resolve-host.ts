import { lookup } from 'node:dns/promises';

/** The addresses of a host, as connections get them. Rejects with a system error. */
export async function resolveHost(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}
