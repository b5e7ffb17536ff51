import { attemptTimeoutMillis, runAttempt } from './attempt.ts';
import { divideRequest } from './divide-request.ts';
import { inFlightOf, mayStart } from './fair-share.ts';
import { Lane, type OpenEntries } from './lane.ts';
import { noteAnswer, noteFailure } from './lane-health.ts';
import {
  createOutboundRequest,
  type FailedAttempt,
  noteAttemptFailure,
  type OutboundRequest,
  type QueuedEntry,
} from './outbound-request.ts';
import { OutstandingRequests } from './outstanding-requests.ts';
import { type OversizedEntries, partitionOutcome } from './partition-outcome.ts';
import { RequestEnds } from './request-ends.ts';
import type { GiveUp, RequestSchedulerOptions } from './request-scheduler-options.ts';
import { retryTime } from './retry-time.ts';
import type { SendOutcome } from './send-outcome.ts';
import { StopSignal } from './stop-signal.ts';
import { WakeTimer } from './wake-timer.ts';

export type { GiveUp, RequestSchedulerOptions } from './request-scheduler-options.ts';

/** Decides which request goes when: bounded in number, fair between targets, again what failed. */
export class RequestScheduler<E extends QueuedEntry, T> {
  readonly #options: RequestSchedulerOptions<E, T>;
  readonly #attemptTimeoutMillis: number;
  #stop = new StopSignal();
  /** The one that started a request longest ago comes first, so that each has its turn. */
  #lanes: Lane<E, T>[] = [];
  readonly #outstanding = new OutstandingRequests();
  readonly #ends: RequestEnds<E, T>;
  readonly #wakeTimer: WakeTimer;
  /** Set while records are still being encoded: what is not full waits for them. */
  moreIsComing = false;

  constructor(options: RequestSchedulerOptions<E, T>) {
    this.#options = options;
    this.#attemptTimeoutMillis = attemptTimeoutMillis(options.timeoutMillis);
    this.#ends = new RequestEnds(options, this.#outstanding);
    this.#wakeTimer = new WakeTimer(options.clock, () => this.pump());
  }

  addLane(target: T, open: OpenEntries<E>): Lane<E, T> {
    const lane = new Lane(target, open);
    this.#lanes.push(lane);
    return lane;
  }

  removeLane(lane: Lane<E, T>): void {
    this.#lanes = this.#lanes.filter((other) => other !== lane);
  }

  /** Hands over the entries of a request that takes no more. */
  enqueue(lane: Lane<E, T>, entries: readonly E[]): void {
    const id = this.#outstanding.begin();
    lane.ready.push(createOutboundRequest(id, entries, this.#options.timeoutMillis));
  }

  /** The next entry comes to this lane: what its peers have open came before it, and takes no more. */
  closePeers(lane: Lane<E, T>): void {
    for (const peer of lane.peers) if (peer !== lane) while (this.#closeOldest(peer));
  }

  /** Resolves when all requests that exist now are delivered or dropped. */
  whenSettled(): Promise<void> {
    return this.#outstanding.whenSettled();
  }

  /** Closes what is open and ends the waits that are our own choice. */
  flush(options: { readonly alsoServiceWaits: boolean }): void {
    const now = this.#options.clock.monotonicMillis();
    for (const lane of this.#lanes) {
      while (this.#closeOldest(lane));
      lane.cutBackoffShort(now, { alsoTheServices: options.alsoServiceWaits });
    }
    this.pump();
  }

  /** Ends all attempts and drops what is left as `shut_down`. */
  stop(): void {
    this.#stop.stop();
    this.#wakeTimer.cancel();
    for (const lane of this.#lanes) {
      for (const request of this.#takeQueued(lane)) this.#ends.stopped(lane.target, request);
    }
  }

  /**
   * Gives up all that is not decided, as `shut_down`, and goes on. Attempts in flight are aborted, and what
   * they still answer is not heard: nobody knows whether those entries arrived.
   */
  takeBack(): { readonly target: T; readonly entries: readonly E[] }[] {
    if (this.#stop.isStopped) return [];
    const attempts = this.#stop;
    this.#stop = new StopSignal();
    const given = this.#lanes.flatMap((lane) => {
      const requests = [...lane.underWay, ...this.#takeQueued(lane)].sort((a, b) => a.id - b.id);
      lane.underWay.clear();
      return requests.map((request) => {
        this.#ends.stopped(lane.target, request);
        return { target: lane.target, entries: request.entries };
      });
    });
    attempts.stop();
    return given;
  }

  /** Gives up requests that are not under way, of which every entry may be given up. */
  giveUp(lane: Lane<E, T>, isDispensable: (entry: E) => boolean, what: GiveUp): void {
    while (this.#closeOldest(lane));
    for (const request of lane.takeWhere(isDispensable, what))
      this.#ends.stopped(lane.target, request, what.error);
  }

  /** Starts all requests that may go now. */
  pump(): void {
    if (this.#stop.isStopped) return;
    const now = this.#options.clock.monotonicMillis();
    for (const lane of this.#lanes) this.#dropExpired(lane, now);
    let inFlight = inFlightOf(this.#lanes, this.#options);
    let started = true;
    while (started) {
      started = false;
      for (const lane of [...this.#lanes]) {
        if (mayStart(lane, inFlight, this.#options) && this.#startNext(lane, now)) {
          started = true;
          inFlight = inFlightOf(this.#lanes, this.#options);
          this.#lanes = [...this.#lanes.filter((other) => other !== lane), lane];
        }
      }
    }
    this.#armWake(now);
  }

  #startNext(lane: Lane<E, T>, now: number): boolean {
    const { ordered: rule } = this.#options;
    const ordered = typeof rule === 'function' ? rule(lane.target) : rule;
    const next = lane.takeNext(now, { ordered, moreIsComing: this.moreIsComing });
    if (next === undefined) return false;
    if (next === 'open') return this.#closeOldest(lane) && this.#startNext(lane, now);
    this.#start(lane, next, now);
    return true;
  }

  #start(lane: Lane<E, T>, request: OutboundRequest<E>, now: number): void {
    const { clock, observer, send } = this.#options;
    const isOnlyAttempt = request.firstAttemptMillis === undefined;
    request.firstAttemptMillis ??= now;
    if (lane.inFlight === 0) lane.lastSignMillis = now;
    lane.underWay.add(request);
    const entries = request.entries;
    observer.attempted(lane.target, entries);
    const timeoutMillis = Math.max(
      1,
      Math.min(this.#attemptTimeoutMillis, request.deadlineMillis - now),
    );
    runAttempt((signal) => send(lane.target, entries, signal), {
      timeoutMillis,
      clock,
      stop: this.#stop,
    })
      .then(({ outcome, timedOut }) => {
        if (!lane.underWay.delete(request)) return;
        lane.lastSignMillis = clock.monotonicMillis();
        lane.isSettling = true;
        try {
          this.#settle(lane, request, outcome, timedOut);
          if (isOnlyAttempt && outcome.status === 'delivered') observer.unread?.(entries);
        } finally {
          lane.isSettling = false;
          this.pump();
        }
      })
      .catch(this.#options.onBug);
  }

  #settle(
    lane: Lane<E, T>,
    request: OutboundRequest<E>,
    outcome: SendOutcome,
    timedOut: boolean,
  ): void {
    const { afterFailure, observer } = this.#options;
    const { target } = lane;
    if (outcome.status !== 'delivered' && afterFailure !== undefined)
      request.entries = afterFailure(request.entries, outcome.status);
    switch (outcome.status) {
      case 'delivered':
        this.#succeeded(lane, request);
        observer.delivered(target, request.entries);
        this.#ends.finish(target, request, undefined, outcome);
        return;
      case 'rejected': {
        noteAnswer(lane, this.#options);
        const mayDivide = outcome.divisible === true && !this.#stop.isStopped;
        const halves = mayDivide ? divideRequest(request) : undefined;
        if (halves !== undefined) {
          this.#outstanding.divide(request.id);
          lane.ready.unshift(...halves);
          return;
        }
        observer.dropped(target, request.entries, outcome.reason, outcome.error);
        this.#ends.finish(lane.target, request, outcome.error);
        return;
      }
      case 'retryable':
        noteFailure(lane, { ...outcome, timedOut }, this.#options);
        this.#retryLater(lane, request, { ...outcome, timedOut });
        return;
      case 'partial': {
        const { delivered, oversized, rejected, retryable, error } = partitionOutcome(
          request.entries,
          outcome.entries,
        );
        const isAnswered = delivered.length > 0 || rejected.length > 0 || oversized !== undefined;
        if (isAnswered) this.#succeeded(lane, request);
        else noteFailure(lane, { ...outcome, error, timedOut }, this.#options);
        if (delivered.length > 0) observer.delivered(target, delivered);
        for (const part of rejected)
          observer.dropped(target, part.entries, part.reason, part.error);
        if (oversized !== undefined) this.#sendSmaller(lane, request, oversized);
        if (retryable.length === 0) {
          this.#ends.finish(target, request, rejected[0]?.error ?? oversized?.error, outcome);
          return;
        }
        request.entries = retryable;
        const { retryAfterMillis } = outcome;
        this.#retryLater(lane, request, { error, retryAfterMillis, timedOut });
      }
    }
  }

  /** What was larger than its target takes goes again in smaller pieces, before all that came later. */
  #sendSmaller(lane: Lane<E, T>, request: OutboundRequest<E>, large: OversizedEntries<E>): void {
    const { observer, repack } = this.#options;
    if (repack === undefined) {
      observer.dropped(lane.target, large.entries, 'too_large', large.error);
      return;
    }
    const pieces = repack(lane.target, large).map((entries) => ({ ...request, entries }));
    for (const piece of pieces) {
      this.#outstanding.divide(request.id);
      if (this.#stop.isStopped) this.#ends.stopped(lane.target, piece);
      else observer.retrying(lane.target, piece.entries);
    }
    if (!this.#stop.isStopped) lane.ready.unshift(...pieces);
  }

  #retryLater(lane: Lane<E, T>, request: OutboundRequest<E>, failure: FailedAttempt): void {
    noteAttemptFailure(request, failure);
    if (this.#stop.isStopped) {
      this.#ends.stopped(lane.target, request);
      return;
    }
    const time = retryTime(request, failure.retryAfterMillis, this.#options);
    if (time === undefined) {
      this.#ends.late(lane.target, request);
      return;
    }
    this.#options.observer.retrying(lane.target, request.entries);
    lane.waiting.push({ request, ...time });
    request.isLastAttempt = time.isLastAttempt;
  }

  #dropExpired(lane: Lane<E, T>, now: number): void {
    while (lane.openDeadlineMillis(this.#options.timeoutMillis) <= now) this.#closeOldest(lane);
    for (const request of lane.takeExpired(now)) this.#ends.late(lane.target, request);
  }

  #succeeded(lane: Lane<E, T>, request: OutboundRequest<E>): void {
    noteAnswer(lane, this.#options);
    // It is back before the time it named.
    if (request.isLastAttempt === true) lane.pausedUntilMillis = 0;
    if (request.division !== undefined) request.division.delivered += 1;
  }

  /** With the time at which it was looked for what may go: what falls due since then must wake us. */
  #armWake(now: number): void {
    for (const lane of this.#lanes) {
      this.#wakeTimer.arm(lane.firstDeadlineMillis());
      this.#wakeTimer.arm(lane.openDeadlineMillis(this.#options.timeoutMillis));
      this.#wakeTimer.arm(lane.nextChangeMillis(now));
    }
  }

  #takeQueued(lane: Lane<E, T>): OutboundRequest<E>[] {
    while (this.#closeOldest(lane));
    return lane.takeQueued();
  }

  /** Makes a request of what still takes entries; false when there is none. */
  #closeOldest(lane: Lane<E, T>): boolean {
    const entries = lane.open.takeOldest();
    if (entries === undefined) return false;
    this.enqueue(lane, entries);
    return true;
  }
}
