import type { Target } from '../route/target.ts';
import type { Clock } from '../send/clock.ts';
import type { Spool } from '../spool/spool.ts';
import type { SpoolFile } from '../spool/spool-file.ts';
import type { SpoolTarget } from '../spool/spool-target.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { SpoolDrains } from './spool-drains.ts';
import type { TargetLane } from './target-lanes.ts';
import { untraced } from './untraced.ts';

export interface SpoolFeederParts {
  readonly spool: Pick<Spool, 'load' | 'nextStored' | 'unload'>;
  readonly ordered: (target: Target) => boolean;
  /** The key that a stored target has now. */
  readonly keyOf: (target: SpoolTarget) => string;
  /** True for a target that failed a moment ago: others come first. */
  readonly hasJustFailed: (target: SpoolTarget) => boolean;
  /** Gets what should never be thrown, so that it does not end the application. */
  readonly onBug: (error: unknown) => void;
  /** The lane of a target; nothing while there is no place for one more. */
  readonly laneOf: (target: SpoolTarget) => TargetLane | undefined;
  readonly clock: Pick<Clock, 'startTimer'>;
  readonly memory: MemoryBudget<Target>;
  /** Bytes in memory above which nothing more is loaded. */
  readonly maxLoadedBytes: number;
  /** The entries as the options want them now. */
  readonly delimit: (entries: LoadedEntries) => LoadedEntries;
  /** Takes over the entries of a file that is in memory again. */
  readonly admit: (lane: TargetLane, file: SpoolFile, entries: LoadedEntries) => void;
  /** Knows what is on its way; a file that is being read is. */
  readonly drains: Pick<SpoolDrains, 'entered' | 'left' | 'check'>;
}

export type LoadedEntries = Exclude<Awaited<ReturnType<Spool['load']>>, Error>;

/** So long after the last file of a dead process was found, sending them begins. */
const ADOPTION_PAUSE_MILLIS = 250;

/** Files read at a time: the disk is not what a destination waits for. */
const MAX_LOADS = 2;

/** Brings records back from disk, the oldest first, as fast as their targets take them. */
export class SpoolFeeder {
  readonly #parts: SpoolFeederParts;
  readonly #loading = new Set<Target>();
  /** Bytes of files of which entries are in memory. */
  readonly #loadedBytes = new Map<Target, number>();
  /** Files of ordered targets of which some entries were left to the disk, while others are in memory still. */
  readonly #parted = new Map<SpoolFile, Target>();
  /** Targets of which what is being read came later than what was left to the disk since. */
  readonly #overtaking = new Set<Target>();
  #cancelFeed: () => void = () => {};
  #isStopped = false;
  /** A file waits because there is no room for it. */
  #isBlocked = false;

  constructor(parts: SpoolFeederParts) {
    this.#parts = parts;
  }

  stop(): void {
    this.#cancelFeed();
    this.#isStopped = true;
  }

  /** Entries of targets that fail could make room for others. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** True while what comes next of an ordered target is on disk, or on the way from there. */
  isBehind(target: Target): boolean {
    const { keyOf, ordered, spool } = this.#parts;
    if (!ordered(target)) return false;
    const isStored = (file: SpoolFile): boolean => keyOf(file.target) === target.key;
    return this.#isUnready(target) || spool.nextStored(isStored) !== undefined;
  }

  /** True while entries of the target are in memory or on the way there. */
  holds(target: Target): boolean {
    return this.#loading.has(target) || this.#loadedBytes.has(target);
  }

  /** May so many bytes more of the target be in memory? */
  hasRoomFor({ lane, target }: TargetLane, byteSize: number): boolean {
    const { maxLoadedBytes, memory } = this.#parts;
    // What is on disk can wait; a record that waits keeps all behind it from the disk.
    if (memory.isWanted) return false;
    const loadedBytes = this.#loadedBytes.get(target) ?? 0;
    // However large it is: something must be on its way.
    if (this.#loadedBytes.size === 0) return !memory.isFull;
    if (memory.usedBytes + byteSize > maxLoadedBytes) return false;
    // Of a target that fails, enough to notice when it is back.
    if (loadedBytes === 0) return true;
    return !lane.isTroubled && loadedBytes < maxLoadedBytes / this.#loadedBytes.size;
  }

  entered(target: Target, { byteSize }: SpoolFile): void {
    this.#loadedBytes.set(target, (this.#loadedBytes.get(target) ?? 0) + byteSize);
  }

  /** An entry of the file was left to the disk: of an ordered target, nothing that came later may go before it. */
  parted(target: Target, file: SpoolFile): void {
    if (!this.#parts.ordered(target)) return;
    this.#parted.set(file, target);
    if (this.#loading.has(target)) this.#overtaking.add(target);
  }

  left(target: Target, file: SpoolFile): void {
    this.#parted.delete(file);
    const rest = (this.#loadedBytes.get(target) ?? 0) - file.byteSize;
    if (rest > 0) this.#loadedBytes.set(target, rest);
    else this.#loadedBytes.delete(target);
    // Not at once: it may be in the middle of a choice that made room.
    queueMicrotask(() => this.feed());
  }

  /** When all files that are found in one go are known: the first one found need not be the oldest. */
  feedSoon(): void {
    this.#cancelFeed();
    this.#cancelFeed = this.#parts.clock.startTimer(() => this.feed(), ADOPTION_PAUSE_MILLIS);
  }

  /** Loads what there is room for. */
  feed(): void {
    while (!this.#isStopped && this.#loading.size < MAX_LOADS) {
      const next = this.#choose();
      if (next === undefined) return;
      this.#loading.add(next.lane.target);
      void this.#load(next.lane, next.file);
    }
  }

  /** What comes next of it is being read, or will be when the rest of its file has left. */
  #isUnready(target: Target): boolean {
    return this.#loading.has(target) || [...this.#parted.values()].includes(target);
  }

  async #load(lane: TargetLane, file: SpoolFile): Promise<void> {
    const { admit, drains, onBug, spool } = this.#parts;
    drains.entered(file, lane.lane);
    const entries = await this.#entriesOf(file);
    this.#loading.delete(lane.target);
    const isOvertaking = this.#overtaking.delete(lane.target);
    try {
      // Of a file that cannot be read, that was reported where it was found.
      if (entries.length === 0) drains.left(file);
      else if (this.#isStopped || isOvertaking) {
        drains.left(file);
        spool.unload(file);
      } else admit(lane, file, entries);
    } catch (error) {
      onBug(error);
    }
    drains.check();
    this.feed();
  }

  /** None of a file that cannot be read, and none when all were decided before. */
  async #entriesOf(file: SpoolFile): Promise<LoadedEntries> {
    try {
      const entries = await untraced(() => this.#parts.spool.load(file));
      return entries instanceof Error ? [] : this.#parts.delimit(entries);
    } catch (error) {
      this.#parts.onBug(error);
      return [];
    }
  }

  /** The oldest file whose target takes more; one of a target that fails only when there is no other. */
  #choose(): { readonly lane: TargetLane; readonly file: SpoolFile } | undefined {
    this.#isBlocked = false;
    return this.#chooseWhere((target) => !this.#parts.hasJustFailed(target)) ?? this.#chooseWhere();
  }

  #chooseWhere(
    isWanted: (target: SpoolTarget) => boolean = () => true,
  ): { readonly lane: TargetLane; readonly file: SpoolFile } | undefined {
    let lane: TargetLane | undefined;
    const file = this.#parts.spool.nextStored(({ byteSize, target }) => {
      if (!isWanted(target)) return false;
      const candidate = this.#parts.laneOf(target);
      if (candidate === undefined) this.#isBlocked = true;
      if (candidate === undefined || this.#isUnready(candidate.target)) return false;
      // A small file must not pass a larger one of its target, which may have both under different names.
      const neededBytes = this.#parts.ordered(candidate.target) ? 0 : byteSize;
      if (!this.hasRoomFor(candidate, neededBytes)) {
        if (!candidate.lane.isTroubled) this.#isBlocked = true;
        return false;
      }
      lane = candidate;
      return true;
    });
    return file === undefined || lane === undefined ? undefined : { lane, file };
  }
}
