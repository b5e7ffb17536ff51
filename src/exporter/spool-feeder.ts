import type { Target } from '../route/target.ts';
import type { Spool } from '../spool/spool.ts';
import type { SpoolFile } from '../spool/spool-file.ts';
import type { SpoolTarget } from '../spool/spool-target.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { TargetLane } from './target-lanes.ts';
import { untraced } from './untraced.ts';

export interface SpoolFeederParts {
  readonly spool: Pick<Spool, 'load' | 'nextStored'>;
  /** The lane of a target; nothing while there is no place for one more. */
  readonly laneOf: (target: SpoolTarget) => TargetLane | undefined;
  readonly memory: MemoryBudget<Target>;
  /** Bytes in memory above which nothing more is loaded. */
  readonly maxLoadedBytes: number;
  /** Takes over the entries of a file that is in memory again. */
  readonly admit: (lane: TargetLane, file: SpoolFile, entries: LoadedEntries) => void;
}

export type LoadedEntries = Exclude<Awaited<ReturnType<Spool['load']>>, Error>;

/** Files read at a time: the disk is not what a destination waits for. */
const MAX_LOADS = 2;

/** Brings records back from disk, the oldest first, as fast as their targets take them. */
export class SpoolFeeder {
  readonly #parts: SpoolFeederParts;
  readonly #loading = new Set<Target>();
  /** Bytes of files of which entries are in memory. */
  readonly #loadedBytes = new Map<Target, number>();
  #isStopped = false;

  constructor(parts: SpoolFeederParts) {
    this.#parts = parts;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** True while entries of the target are in memory or on the way there. */
  holds(target: Target): boolean {
    return this.#loading.has(target) || this.#loadedBytes.has(target);
  }

  /** May entries of the target be in memory, beside those that are? */
  hasRoomFor({ lane, target }: TargetLane): boolean {
    const { maxLoadedBytes, memory } = this.#parts;
    const loadedBytes = this.#loadedBytes.get(target) ?? 0;
    // Something must be on its way to every target, or a target that is back would not be noticed.
    if (loadedBytes === 0) return true;
    const shareBytes = maxLoadedBytes / Math.max(1, this.#loadedBytes.size);
    return !lane.isTroubled && loadedBytes < shareBytes && memory.usedBytes < maxLoadedBytes;
  }

  entered(target: Target, byteSize: number): void {
    this.#loadedBytes.set(target, (this.#loadedBytes.get(target) ?? 0) + byteSize);
  }

  left(target: Target, byteSize: number): void {
    const rest = (this.#loadedBytes.get(target) ?? 0) - byteSize;
    if (rest > 0) this.#loadedBytes.set(target, rest);
    else this.#loadedBytes.delete(target);
    this.feed();
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

  async #load(lane: TargetLane, file: SpoolFile): Promise<void> {
    const entries = await untraced(() => this.#parts.spool.load(file));
    this.#loading.delete(lane.target);
    // A file that cannot be read is reported where that was found.
    if (!(entries instanceof Error)) this.#parts.admit(lane, file, entries);
    this.feed();
  }

  /** The oldest file whose target takes more. */
  #choose(): { readonly lane: TargetLane; readonly file: SpoolFile } | undefined {
    let lane: TargetLane | undefined;
    const file = this.#parts.spool.nextStored(({ target }) => {
      const candidate = this.#parts.laneOf(target);
      if (candidate === undefined || this.#loading.has(candidate.target)) return false;
      if (!this.hasRoomFor(candidate)) return false;
      lane = candidate;
      return true;
    });
    return file === undefined || lane === undefined ? undefined : { lane, file };
  }
}
