import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ByteSlabs, SLAB_BYTES } from '../pack/byte-slabs.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import { RequestPacker } from '../pack/request-packer.ts';
import { Router } from '../route/router.ts';
import type { Target } from '../route/target.ts';
import type { TargetName } from '../route/target-name.ts';
import type { Lane } from '../send/lane.ts';
import { OrderPeers } from '../send/order-peers.ts';
import type { RequestScheduler } from '../send/request-scheduler.ts';
import type { EntryMemory } from './entry-memory.ts';
import { MAY_BE_REFUSED_SHARE } from './fair-memory.ts';
import { RecordCounter } from './record-counter.ts';
import { RecordEntry } from './record-entry.ts';
import { combineEntries, type TrackedEntry } from './tracked-entry.ts';

/** All that belongs to one live target. */
export interface TargetLane {
  readonly target: Target;
  readonly packer: RequestPacker<TrackedEntry>;
  readonly slabs: ByteSlabs;
  readonly lane: Lane<TrackedEntry, Target>;
  /** Numbers its records, where the destination wants it. */
  readonly counter: RecordCounter;
  /** The destination's, or less when the target has said so. */
  limits: PackLimits;
  lastUsedMillis: number;
  overShareSinceMillis: number | undefined;
}

export interface TargetLanesOptions extends EntryMemory {
  readonly names: Readonly<Record<string, TargetName>>;
  readonly limits: PackLimits;
  readonly maxTargets: number;
  readonly scheduler: RequestScheduler<TrackedEntry, Target>;
  readonly onForget: (target: Target) => void;
  /** Targets with the same key have one order together; undefined for one that has its own. Default: all have. */
  readonly orderKeyOf?: ((target: Target) => string | undefined) | undefined;
  /** True while something elsewhere will come back to the target. Default: nothing will. */
  readonly isAwaited?: (target: Target) => boolean;
}

/** A target without records for so long is forgotten, with what the destination keeps for it. */
const IDLE_AFTER_MILLIS = 300_000;

/** The targets that live, each with its packer and its lane. */
export class TargetLanes {
  readonly #options: TargetLanesOptions;
  readonly #router: Router;
  readonly #lanes = new Map<Target, TargetLane>();
  readonly #peers = new OrderPeers<TrackedEntry, Target>();
  #leastEntryBytes: number;
  #lastFound: TargetLane | undefined;
  #lastSweepMillis = 0;

  constructor(options: TargetLanesOptions) {
    this.#options = options;
    this.#leastEntryBytes = options.limits.maxEntryBytes;
    this.#router = new Router({
      names: options.names,
      maxTargets: options.maxTargets,
      isIdle: (target) => this.#isIdle(target),
      onForget: (target) => this.#close(target),
    });
  }

  get count(): number {
    return this.#lanes.size;
  }

  /**
   * What every target takes of an entry, also one that was found to take less than the limits say. Nothing is sure
   * while one of several holds so much of the memory that what comes for it may be refused.
   */
  sureBytes(memory: { shareOf(target: Target): number }): number {
    if (this.#lanes.size < 2) return this.#leastEntryBytes;
    for (const target of this.#lanes.keys())
      if (memory.shareOf(target) > MAY_BE_REFUSED_SHARE) return 0;
    return this.#leastEntryBytes;
  }

  find(record: ReadableLogRecord, nowMillis: number): TargetLane {
    const target = this.#router.route(record);
    const lane =
      this.#lastFound?.target === target
        ? this.#lastFound
        : this.#turnTo(this.#lanes.get(target) ?? this.#open(target));
    lane.lastUsedMillis = nowMillis;
    return lane;
  }

  /** The lane of a target that lives; an entry comes to it that is of no record. */
  findLive(target: Target): TargetLane | undefined {
    const lane = this.#lanes.get(target);
    return lane && this.#turnTo(lane);
  }

  /** The next entry comes to it: what its peers have open came before. */
  #turnTo(lane: TargetLane): TargetLane {
    this.#lastFound = lane;
    this.#options.scheduler.closePeers(lane.lane);
    return lane;
  }

  /** The lane of a target that is known by its names only; nothing when too many others are at work. */
  restore(
    { names, resource }: Pick<Target, 'names' | 'resource'>,
    nowMillis: number,
  ): TargetLane | undefined {
    const target = this.#router.restore(names, resource);
    if (target === undefined) return undefined;
    const lane = this.#lanes.get(target) ?? this.#open(target);
    lane.lastUsedMillis = nowMillis;
    return lane;
  }

  /** The key of the target that `restore` answers, also where there is no place for it now. */
  keyOf({ names, resource }: Pick<Target, 'names' | 'resource'>): string {
    return this.#router.keyOf(names, resource);
  }

  /** Those that fail again and again. */
  troubled(): TargetLane[] {
    return [...this.#lanes.values()].filter(({ lane }) => lane.isTroubled);
  }

  hasResponsiveOther(lane: TargetLane, nowMillis: number): boolean {
    for (const other of this.#lanes.values())
      if (other !== lane && other.lane.isResponsive(nowMillis)) return true;
    return false;
  }

  get(target: Target): TargetLane | undefined {
    return this.#lanes.get(target);
  }

  /** Forgets targets that have been idle for long. */
  closeIdle(nowMillis: number): void {
    if (nowMillis - this.#lastSweepMillis < IDLE_AFTER_MILLIS) return;
    this.#lastSweepMillis = nowMillis;
    for (const { lastUsedMillis, target } of [...this.#lanes.values()]) {
      if (this.#isIdle(target) && nowMillis - lastUsedMillis >= IDLE_AFTER_MILLIS)
        this.#router.forget(target);
    }
  }

  /** The target takes no more than this of an entry: later ones are made to fit. Answers its limits. */
  lowerEntryLimit(target: Target, maxEntryBytes: number): PackLimits {
    const opened = this.#lanes.get(target);
    const limits = lowerLimits(opened?.limits ?? this.#options.limits, maxEntryBytes);
    this.#leastEntryBytes = Math.min(this.#leastEntryBytes, limits.maxEntryBytes);
    if (opened !== undefined) {
      opened.limits = limits;
      opened.packer.changeLimits(limits);
    }
    return limits;
  }

  #open(target: Target): TargetLane {
    const { gapBehind, limits, memory } = this.#options;
    const packer = new RequestPacker<TrackedEntry>(limits, (lines) => {
      const entry = combineEntries(lines, memory);
      if (limits.aggregate !== undefined && entry instanceof RecordEntry) entry.becomeOne();
      return entry;
    });
    const opened: TargetLane = {
      target,
      packer,
      slabs: new ByteSlabs(memory, (...sizes) => this.#slabBytesFor(...sizes), gapBehind),
      lane: this.#options.scheduler.addLane(target, packer),
      counter: new RecordCounter(),
      limits: this.#options.limits,
      lastUsedMillis: 0,
      overShareSinceMillis: undefined,
    };
    this.#lanes.set(target, opened);
    const key = this.#options.orderKeyOf?.(target);
    if (key !== undefined) this.#peers.join(opened.lane, key);
    return opened;
  }

  /**
   * A little more than a request has, so that the next one has a slab to itself: many small ones in a large
   * slab would have it held by the few that fail. Of many targets each would hold one, for the little that it has.
   *
   * For lines that become one entry a little more than several of these have: the next ones are rarely of the same size.
   */
  #slabBytesFor(requestBytes: number, linesBytes = 0): number {
    const { maxJoinedBytes = 0, maxLinesBytes = 0 } = this.#options;
    if (this.#lanes.size > 1 || linesBytes > maxLinesBytes) return SLAB_BYTES;
    if (linesBytes > 0) {
      const roomyBytes = Math.ceil(linesBytes * (17 / 16));
      return roomyBytes * Math.ceil(SLAB_BYTES / roomyBytes);
    }
    return Math.max(SLAB_BYTES, Math.ceil(Math.min(maxJoinedBytes, requestBytes) * (9 / 8)));
  }

  #isIdle(target: Target): boolean {
    const isAwaited = this.#options.isAwaited?.(target) ?? false;
    return !isAwaited && (this.#lanes.get(target)?.lane.isIdle ?? true);
  }

  #close(target: Target): void {
    const closed = this.#lanes.get(target);
    if (closed === undefined) return;
    this.#lanes.delete(target);
    this.#lastFound = undefined;
    this.#options.scheduler.removeLane(closed.lane);
    const key = this.#options.orderKeyOf?.(target);
    if (key !== undefined) this.#peers.leave(closed.lane, key);
    this.#options.onForget(target);
  }
}

function lowerLimits(limits: PackLimits, maxEntryBytes: number): PackLimits {
  const { aggregate } = limits;
  const lower = (bytes: number): number => Math.max(0, Math.min(bytes, maxEntryBytes));
  return {
    ...limits,
    maxEntryBytes: lower(limits.maxEntryBytes),
    ...(aggregate && { aggregate: { ...aggregate, maxBytes: lower(aggregate.maxBytes) } }),
  };
}
