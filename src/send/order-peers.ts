import type { Lane } from './lane.ts';
import type { QueuedEntry } from './outbound-request.ts';

/** Knows the lanes of targets that have one order together. */
export class OrderPeers<E extends QueuedEntry, T> {
  readonly #byKey = new Map<string, Lane<E, T>[]>();

  /** Lanes with the same key are peers from then on. */
  join(lane: Lane<E, T>, key: string): void {
    const peers = this.#byKey.get(key) ?? [];
    peers.push(lane);
    this.#byKey.set(key, peers);
    lane.peers = peers;
  }

  leave(lane: Lane<E, T>, key: string): void {
    const peers = this.#byKey.get(key)?.filter((peer) => peer !== lane) ?? [];
    for (const peer of peers) peer.peers = peers;
    lane.peers = [];
    if (peers.length > 0) this.#byKey.set(key, peers);
    else this.#byKey.delete(key);
  }
}
