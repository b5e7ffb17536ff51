import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { GiveUp } from '../send/request-scheduler.ts';
import { Spool } from '../spool/spool.ts';
import type { SpoolFile } from '../spool/spool-file.ts';
import type { SpoolTarget } from '../spool/spool-target.ts';
import { createSpoolEvents } from './create-spool-events.ts';
import { delimiting } from './delimiting.ts';
import type { Destination } from './destination.ts';
import { heldBytesOf } from './held-bytes.ts';
import { LoadedFile } from './loaded-file.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { PackProgress } from './pack-progress.ts';
import type { RecordAccounts } from './record-accounts.ts';
import type { ResolvedOptions, ResolvedSpool } from './resolve-options.ts';
import type { Runtime } from './runtime.ts';
import { SpoolDrains } from './spool-drains.ts';
import { type LoadedEntries, SpoolFeeder } from './spool-feeder.ts';
import { spoolGroup } from './spool-group.ts';
import { SpoolWriter } from './spool-writer.ts';
import { storeInTime } from './store-in-time.ts';
import { countsForRecord, isAwaited, regroupParts, toSpoolEntries } from './stored-parts.ts';
import { fromSpoolTarget, keysOfStored, toSpoolTarget } from './stored-target.ts';
import type { TargetLane, TargetLanes } from './target-lanes.ts';
import type { TrackedEntry } from './tracked-entry.ts';
import { untraced } from './untraced.ts';

export interface SpoolStageParts {
  readonly destination: Destination;
  readonly ordered: (target: Target) => boolean;
  readonly options: ResolvedOptions & { readonly spool: ResolvedSpool };
  readonly runtime: Runtime;
  readonly accounts: RecordAccounts;
  readonly lanes: TargetLanes;
  readonly memory: MemoryBudget<Target>;
  readonly nextSequence: () => number;
  /** Hands an entry to the lane's next request. */
  readonly enqueue: (lane: TargetLane, entry: TrackedEntry) => void;
  readonly pump: () => void;
  /** Leaves to the disk what waits for a target in memory and is on disk. */
  readonly giveUp: (lane: TargetLane['lane'], what: GiveUp) => void;
}

const USUAL_FILE_BYTES = 4 * 1024 * 1024;

/** Between pack and send: every entry is on disk before it is sent, and back from disk when its turn comes. */
export class SpoolStage {
  readonly #parts: SpoolStageParts;
  readonly #spool: Spool;
  readonly #writer: SpoolWriter<Target, SpoolFile>;
  readonly #feeder: SpoolFeeder;
  readonly #opened: Promise<void>;
  readonly #drains: SpoolDrains;
  readonly #stored = new WeakMap<Target, SpoolTarget>();
  #isWorking = true;
  #takeBacks = 0;

  constructor(parts: SpoolStageParts) {
    this.#parts = parts;
    const { destination, lanes, memory, options, runtime } = parts;
    const { encoder, maxBufferedBytes, maxTargets, spool } = options;
    // What is in memory cannot make room on disk, and what is on disk should not fill the memory.
    const maxLoadedBytes = Math.min(maxBufferedBytes / 2, spool.maxBytes / 4);
    const onBug = bugTeller(destination.name);
    this.#spool = new Spool({
      ...spool,
      ...spoolGroup(destination, encoder.name),
      clock: runtime,
      events: createSpoolEvents(parts, {
        onAdopted: () => this.#feeder.feedSoon(),
        onLost: () => this.#drains.check(),
      }),
    });
    const keyOf = keysOfStored(lanes);
    this.#drains = new SpoolDrains(this.#spool, keyOf);
    this.#feeder = new SpoolFeeder({
      spool: this.#spool,
      drains: this.#drains,
      ordered: parts.ordered,
      keyOf,
      laneOf: (target) => this.#laneOf(target),
      memory,
      maxLoadedBytes,
      delimit: delimiting(destination, options),
      clock: runtime,
      hasJustFailed: (target) => this.#drains.hasJustFailed(target, runtime.monotonicMillis()),
      onBug,
      admit: (lane, file, entries) => this.#admitLoaded(lane, file, entries),
    });
    this.#writer = new SpoolWriter({
      write: (target, entries) => this.#write(target, entries),
      onStored: (target, entries, file) => this.#onStored(target, entries, file),
      onRefused: (target, entries, error) => this.#onRefused(target, entries, error),
      onTakenBack: (file, count) => this.#decideAll(file, count),
      // One file of each target fits the memory, and is one good request of any service.
      maxFileBytes: Math.min(USUAL_FILE_BYTES, maxLoadedBytes / maxTargets),
      onBug,
    });
    this.#opened = untraced(() => this.#spool.open()).catch(onBug);
    void this.#opened.then(() => this.#feeder.feed());
  }

  get bytes(): number {
    return this.#spool.bytes;
  }

  /** False while records are kept in memory because the disk fails. */
  get isWorking(): boolean {
    return this.#isWorking;
  }

  /** Takes an entry over; it is sent when it is on disk, or when the disk fails. */
  add(lane: TargetLane, entry: TrackedEntry): void {
    this.#writer.add(lane.target, entry);
  }

  /** Writes when all that came is packed; leaves what it can to the disk when a record waits for memory. */
  onProgress({ isHeldUp, moreIsComing }: PackProgress): void {
    if (!moreIsComing) this.write();
    if (isHeldUp) this.#giveUpTroubled();
  }

  /** Begins to write what has gathered. */
  write(): void {
    this.#writer.flush();
  }

  /** Writes what has gathered; resolves when it is safe, or known that it cannot be. */
  async flush(): Promise<void> {
    this.#writer.flush();
    await this.#writer.whenWritten();
  }

  /** Writes what has gathered; resolves to false when it was taken back instead. */
  async whenSafe(): Promise<boolean> {
    const takeBacks = this.#takeBacks;
    await this.flush();
    return takeBacks === this.#takeBacks;
  }

  /** True while entries of the target are on their way through here. */
  holds(target: Target): boolean {
    return this.#writer.holds(target) || this.#feeder.holds(target);
  }

  takeBack(): { readonly target: Target; readonly entries: readonly TrackedEntry[] }[] {
    this.#takeBacks += 1;
    return this.#writer.takeBack();
  }

  /** Resolves when all that was exported before is decided, or on disk for a target that fails. */
  async drain(): Promise<void> {
    const { runtime } = this.#parts;
    const sinceMillis = runtime.monotonicMillis();
    await this.#opened;
    await this.flush();
    await this.#drains.add({ sinceMillis, untilMillis: runtime.monotonicMillis() });
    // Until their files are gone, a crash would send delivered records again.
    await this.#spool.settle();
  }

  /** What is on disk stays there. */
  async stop(): Promise<void> {
    this.#feeder.stop();
    await this.flush();
    this.#drains.stop();
    await this.#spool.close();
  }

  /** A request failed: of a target that goes on failing nobody waits for more. */
  failed(target: Target): void {
    if (this.#parts.lanes.get(target)?.lane.isTroubled !== true) return;
    this.#drains.failed(target.key, this.#parts.runtime.monotonicMillis());
    // When the request that failed waits with the others for its next attempt.
    if (this.#feeder.isBlocked || this.#parts.memory.isWanted)
      queueMicrotask(() => this.#giveUp(target, { alsoTried: true }));
  }

  /** It begins to fail: what was not tried yet waits on disk, and makes room for others. */
  troubled(target: Target): void {
    this.#giveUp(target, { alsoTried: false });
  }

  /** What had no more time is left to the disk: of an ordered target, what came later waits there too. */
  ranOut(target: Target): void {
    if (this.#parts.ordered(target)) this.#giveUp(target, { alsoTried: true });
  }

  succeeded({ key }: Target): void {
    this.#drains.succeeded(key);
  }

  /** A target is back, or has room again. */
  feed(): void {
    this.#feeder.feed();
  }

  async #write(target: Target, entries: readonly TrackedEntry[]): Promise<SpoolFile | Error> {
    const stored = this.#stored.get(target) ?? toSpoolTarget(target);
    this.#stored.set(target, stored);
    const content = toSpoolEntries(entries);
    const storing = this.#opened.then(() => untraced(() => this.#spool.store(stored, content)));
    return storeInTime(storing, {
      clock: this.#parts.runtime,
      onLate: (file) => this.#decideAll(file, entries.length),
    });
  }

  #decideAll(file: SpoolFile, entryCount: number): void {
    this.#spool.decide(file, [...Array(entryCount).keys()]);
  }

  #onStored(target: Target, entries: readonly TrackedEntry[], file: SpoolFile): void {
    const { accounts, lanes } = this.#parts;
    this.#isWorking = true;
    accounts.storedRecords(file.recordCount);
    const lane = lanes.get(target);
    if (lane !== undefined && !this.#feeder.isBehind(target) && this.#feeder.hasRoomFor(lane, 0)) {
      const indexed = entries.map((entry, index) => ({ ...entry, bytes: entry.bytes, index }));
      this.#admit(lane, file, indexed);
      return;
    }
    accounts.leftToDisk(target, entries, new Error('Its target is behind'));
    this.#spool.unload(file);
    this.#feeder.feed();
  }

  /** What the disk does not take is sent from memory. */
  #onRefused(target: Target, entries: readonly TrackedEntry[], error: Error): void {
    if (!('code' in error) || error.code !== 'ERR_SPOOL_FULL') this.#isWorking = false;
    const lane = this.#parts.lanes.get(target);
    if (lane === undefined) throw new Error('A target was forgotten while records were written');
    for (const entry of entries) this.#parts.enqueue(lane, entry);
    this.#parts.pump();
  }

  #admitLoaded(lane: TargetLane, file: SpoolFile, entries: LoadedEntries): void {
    const { accounts, memory, nextSequence, runtime } = this.#parts;
    const now = runtime.monotonicMillis();
    const times = { acceptedAtMillis: now, packedAtMillis: now };
    const tracked = regroupParts(entries, lane.target, accounts).map((entry) => {
      const heldBytes = heldBytesOf(entry.bytes.length);
      memory.take(lane.target, heldBytes);
      return { ...entry, ...times, heldBytes, sequence: nextSequence() };
    });
    this.#admit(lane, file, tracked);
  }

  /** In memory, on disk, and on its way. */
  #admit(
    lane: TargetLane,
    file: SpoolFile,
    entries: readonly (TrackedEntry & { readonly index: number })[],
  ): void {
    const { enqueue, options, pump } = this.#parts;
    const { spool, timeoutMillis } = options;
    const expiresAtMillis = file.bornMillis + spool.maxAgeMillis;
    const stored = new LoadedFile(entries.length, expiresAtMillis, {
      decide: (indexes) => untraced(() => this.#spool.decide(file, indexes)),
      parted: () => this.#feeder.parted(lane.target, file),
      unload: () => this.#spool.unload(file),
      left: () => {
        this.#drains.left(file);
        this.#feeder.left(lane.target, file);
        this.#drains.check();
      },
    });
    this.#drains.entered(file, lane.lane);
    this.#feeder.entered(lane.target, file);
    for (const { index, part, ...entry } of entries) {
      // On disk it has as long as the disk keeps it; only a caller that waits has less time.
      const ownMillis = isAwaited(entry) ? entry.acceptedAtMillis : expiresAtMillis - timeoutMillis;
      const place = { file: stored, index, isCounted: countsForRecord({ part }) };
      enqueue(lane, { ...entry, acceptedAtMillis: ownMillis, stored: place });
    }
    pump();
  }

  #laneOf(stored: SpoolTarget): TargetLane | undefined {
    const { lanes, runtime } = this.#parts;
    const target = fromSpoolTarget(stored);
    const now = runtime.monotonicMillis();
    const lane = lanes.restore(target, now);
    if (lane !== undefined || this.#drains.hasJustFailed(stored, now)) return lane;
    // Those that fail keep their records on disk, and others get their places.
    this.#giveUpTroubled();
    return lanes.restore(target, now);
  }

  #giveUpTroubled(): void {
    for (const { target } of this.#parts.lanes.troubled())
      this.#giveUp(target, { alsoTried: true });
  }

  #giveUp(target: Target, { alsoTried }: Pick<GiveUp, 'alsoTried'>): void {
    const lane = this.#parts.lanes.get(target)?.lane;
    const error = new Error('The target fails');
    if (lane !== undefined) this.#parts.giveUp(lane, { error, alsoTried });
  }
}
