import { LiveList } from './live-list.ts';
import type { OutboundRequest, QueuedEntry } from './outbound-request.ts';

/** Failures of a target in a row after which it is only probed, with one request at a time. */
const TROUBLED_AFTER_FAILURES = 5;
/** A target that lets us wait so long may not take the memory of the others. */
const SILENT_AFTER_MILLIS = 1000;
/** A request that is not full waits this long for more, while others are on their way. */
const LINGER_MILLIS = 1000;

/** Where a lane gets its entries: the requests of one target that still take some. */
export interface OpenEntries<E extends QueuedEntry> {
  readonly oldestEntry: E | undefined;
  takeOldest(): E[] | undefined;
}

export interface WaitingRetry<E extends QueuedEntry> {
  readonly request: OutboundRequest<E>;
  dueMillis: number;
  /** The service named the time: a flush does not cut it short. */
  readonly askedByService: boolean;
  /** It goes also while the target pauses. */
  readonly isLastAttempt: boolean;
}

/** All that is on its way to one target: what is ready, what waits for another attempt, what is in flight. */
export class Lane<E extends QueuedEntry, T> {
  readonly target: T;
  readonly open: OpenEntries<E>;
  /** Lanes of targets that have one order with this one's, and itself; none when it has one of its own. */
  peers: readonly Lane<E, T>[] = [];
  /** Oldest first. */
  ready: OutboundRequest<E>[] = [];
  waiting: WaitingRetry<E>[] = [];
  /** Those that wait for an answer of the service. */
  readonly underWay: LiveList<OutboundRequest<E>> = new LiveList();
  /** An answer is being worked in: its request is in none of the lists. */
  isSettling = false;
  failuresInARow = 0;
  /** Nothing starts before this monotonic time. */
  pausedUntilMillis = 0;
  /** The pause is the service's wish. */
  pauseAskedByService = false;
  /** When it last had an answer, or began to wait for one. */
  lastSignMillis = 0;
  /** The last answer was a good one. */
  proven = false;

  constructor(target: T, open: OpenEntries<E>) {
    this.target = target;
    this.open = open;
  }

  get inFlight(): number {
    return this.underWay.size;
  }

  get isTroubled(): boolean {
    return this.failuresInARow >= TROUBLED_AFTER_FAILURES;
  }

  /** 1 for the failure that made it troubled; failures of requests sent side by side count as few. */
  get failuresSinceTroubled(): number {
    return Math.max(1, this.failuresInARow - TROUBLED_AFTER_FAILURES + 1);
  }

  /** False while it fails again and again, or has not answered for a while. */
  isResponsive(nowMillis: number): boolean {
    const isSilent = this.inFlight > 0 && nowMillis - this.lastSignMillis > SILENT_AFTER_MILLIS;
    return !this.isTroubled && !isSilent;
  }

  recordFailure({ isHopeless }: { readonly isHopeless: boolean }): void {
    this.proven = false;
    const failures = this.failuresInARow + 1;
    this.failuresInARow = isHopeless ? Math.max(failures, TROUBLED_AFTER_FAILURES) : failures;
  }

  get isIdle(): boolean {
    return (
      !this.isSettling &&
      this.inFlight === 0 &&
      this.ready.length === 0 &&
      this.waiting.length === 0 &&
      this.open.oldestEntry === undefined
    );
  }

  /** Takes the request that should go next, or nothing when none may go now. */
  takeNext(
    nowMillis: number,
    options: { readonly ordered: boolean; readonly moreIsComing: boolean },
  ): OutboundRequest<E> | 'open' | undefined {
    const isPaused = nowMillis < this.pausedUntilMillis;
    if (options.ordered && (this.#isUnderWay(nowMillis) || this.#waitsForPeers())) return undefined;
    const dueIndex = this.waiting.findIndex(
      (retry) => retry.dueMillis <= nowMillis && (retry.isLastAttempt || !isPaused),
    );
    if (dueIndex >= 0) return this.waiting.splice(dueIndex, 1)[0]?.request;
    if (isPaused) return undefined;
    return (
      this.ready.shift() ?? (this.#openMayGo(nowMillis, options.moreIsComing) ? 'open' : undefined)
    );
  }

  /** A request has no answer yet, or goes again later. */
  #isUnderWay(nowMillis: number): boolean {
    const isInFlight = this.inFlight > 0 || this.isSettling;
    return isInFlight || this.waiting.some(({ dueMillis }) => dueMillis > nowMillis);
  }

  /** Something is on its way in a peer, or waits there that came earlier. */
  #waitsForPeers(): boolean {
    if (this.peers.length < 2) return false;
    const firstId = this.#firstId();
    return this.peers.some(
      (peer) =>
        peer !== this && (peer.inFlight > 0 || peer.isSettling || peer.#firstId() < firstId),
    );
  }

  /** Of all requests that are not in flight. Of peers one has entries that are open, which came last. */
  #firstId(): number {
    const waiting = this.waiting.map(({ request }) => request);
    const ids = [...waiting, ...this.ready.slice(0, 1)].map(({ id }) => id);
    const isOpen = this.open.oldestEntry !== undefined;
    return Math.min(isOpen ? Number.MAX_VALUE : Number.POSITIVE_INFINITY, ...ids);
  }

  /**
   * When `takeNext` can have another answer without anything else happening.
   *
   * What could go already waits for a place, and the end of a request in flight will give it one.
   */
  nextChangeMillis(nowMillis: number): number {
    let next = Number.POSITIVE_INFINITY;
    const note = (timeMillis: number, notBefore = this.pausedUntilMillis): void => {
      const changeMillis = Math.max(timeMillis, notBefore);
      if (changeMillis > nowMillis) next = Math.min(next, changeMillis);
    };
    const oldest = this.open.oldestEntry;
    if (oldest !== undefined) note(oldest.packedAtMillis + LINGER_MILLIS);
    if (this.ready.length > 0) note(nowMillis);
    for (const { dueMillis, isLastAttempt } of this.waiting) {
      note(dueMillis, isLastAttempt ? dueMillis : this.pausedUntilMillis);
    }
    return next;
  }

  /** Ends waits that are our own choice. */
  cutBackoffShort(nowMillis: number, options: { alsoTheServices: boolean }): void {
    if (options.alsoTheServices || !this.pauseAskedByService) this.pausedUntilMillis = 0;
    for (const retry of this.waiting) {
      if (options.alsoTheServices || !retry.askedByService) retry.dueMillis = nowMillis;
    }
  }

  /** Takes out requests that are not in flight, if all their entries are as asked. */
  takeWhere(
    isWanted: (entry: E) => boolean,
    { alsoTried }: { readonly alsoTried: boolean },
  ): OutboundRequest<E>[] {
    const isTaken = ({ entries, failures }: OutboundRequest<E>): boolean =>
      (alsoTried || failures === 0) && entries.every(isWanted);
    const taken = this.ready.filter(isTaken);
    this.ready = this.ready.filter((request) => !isTaken(request));
    if (!alsoTried) return taken;
    const retries = this.waiting.map(({ request }) => request).filter(isTaken);
    this.waiting = this.waiting.filter(({ request }) => !isTaken(request));
    return [...retries, ...taken];
  }

  /** Takes out all that is not in flight. */
  takeQueued(): OutboundRequest<E>[] {
    const queued = [...this.waiting.map((retry) => retry.request), ...this.ready];
    this.waiting = [];
    this.ready = [];
    return queued;
  }

  /** Takes out all requests that have not been answered and whose time is over. */
  takeExpired(nowMillis: number): OutboundRequest<E>[] {
    if (this.firstDeadlineMillis() > nowMillis) return [];
    const isExpired = (request: OutboundRequest<E>): boolean => request.deadlineMillis <= nowMillis;
    const expired = [...this.waiting.map((retry) => retry.request), ...this.ready].filter(
      isExpired,
    );
    this.waiting = this.waiting.filter((retry) => !isExpired(retry.request));
    this.ready = this.ready.filter((request) => !isExpired(request));
    return expired;
  }

  /** When what still takes entries runs out of time. */
  openDeadlineMillis(timeoutMillis: number): number {
    const oldest = this.open.oldestEntry;
    return oldest === undefined
      ? Number.POSITIVE_INFINITY
      : oldest.acceptedAtMillis + timeoutMillis;
  }

  /** When the first of the requests that are not in flight runs out of time. */
  firstDeadlineMillis(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const retry of this.waiting) first = Math.min(first, retry.request.deadlineMillis);
    for (const request of this.ready) first = Math.min(first, request.deadlineMillis);
    return first;
  }

  /**
   * A request that is not full goes at once when nothing is on its way, and waits for company
   * otherwise, as small segments do in TCP (Nagle, RFC 896).
   */
  #openMayGo(nowMillis: number, moreIsComing: boolean): boolean {
    const oldest = this.open.oldestEntry;
    if (oldest === undefined) return false;
    if (nowMillis - oldest.packedAtMillis >= LINGER_MILLIS) return true;
    return this.inFlight === 0 && !moreIsComing;
  }
}
