import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const peers = createRequire(process.env.LOSS_PEERS);

/** The main file of a package that the benchmark has installed for itself. */
export function resolvePeer(name) {
  return peers.resolve(name);
}

export function loadPeer(name) {
  return import(pathToFileURL(resolvePeer(name)).href);
}
