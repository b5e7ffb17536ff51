import type { Lane } from './lane.ts';
import type { QueuedEntry } from './outbound-request.ts';

/** Knows the lanes of targets that have one order together. */
export class OrderPeers<E extends QueuedEntry, T> {
  readonly #byKey = new Map<string, readonly Lane<E, T>[]>();

  /** Lanes with the same key are peers from then on. */
  join(lane: Lane<E, T>, key: string): void {
    this.#renew(key, [...(this.#byKey.get(key) ?? []), lane]);
  }

  leave(lane: Lane<E, T>, key: string): void {
    this.#renew(
      key,
      lane.peers.filter((peer) => peer !== lane),
    );
    lane.peers = [];
  }

  #renew(key: string, peers: readonly Lane<E, T>[]): void {
    if (peers.length === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, peers);
    for (const peer of peers) peer.peers = peers;
  }
}
