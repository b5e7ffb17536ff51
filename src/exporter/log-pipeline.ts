import type { ExportResult } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { PackLimits } from '../pack/pack-limits.ts';
import { byteCountOf } from '../pack/slab-entry.ts';
import { type ExporterStats, Ledger } from '../report/ledger.ts';
import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { TargetName } from '../route/target-name.ts';
import { RequestScheduler } from '../send/request-scheduler.ts';
import type { DropReason } from '../send/send-outcome.ts';
import type { AbandonedRecords } from './abandoned-records.ts';
import { createAccounts } from './create-accounts.ts';
import type { Destination } from './destination.ts';
import { releaseTarget, senderOf } from './destination-calls.ts';
import { entryEncoding } from './entry-encoding.ts';
import { entryFormsFor } from './entry-forms.ts';
import { entryMemoryFor } from './entry-memory.ts';
import { EntryRefitter } from './entry-refitter.ts';
import { ExportTicket } from './export-ticket.ts';
import { entriesAfterFailure } from './joined-entries.ts';
import { MemoryBudget } from './memory-budget.ts';
import { orderedRuleOf, orderKeyOf } from './ordered-rule.ts';
import type { RecordAccounts } from './record-accounts.ts';
import { RecordIntake } from './record-intake.ts';
import { RecordPacker } from './record-packer.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import type { Runtime } from './runtime.ts';
import { withoutScopes } from './scope-filter.ts';
import { watchForSpool } from './spool-observer.ts';
import { SpoolStage } from './spool-stage.ts';
import { SummarySender } from './summary-sender.ts';
import { surelyFitsBytes } from './surely-fits-bytes.ts';
import { type TargetLane, TargetLanes } from './target-lanes.ts';
import { isOnDisk, type TrackedEntry, unstoredLinesOf } from './tracked-entry.ts';
import { lostUnpacked } from './unpacked-records.ts';

export interface LogPipelineParts {
  readonly destination: Destination;
  readonly limits: PackLimits;
  readonly names: Readonly<Record<string, TargetName>>;
  readonly options: ResolvedOptions;
  readonly runtime: Runtime;
  /** The exporter's class name, for metrics. */
  readonly componentType: string;
}

/** The stages in their order: intake → route → encode → pack → spool → send → report. */
export class LogPipeline {
  readonly #parts: LogPipelineParts;
  readonly #accounts: RecordAccounts;
  readonly #ledger = new Ledger();
  readonly #memory: MemoryBudget<Target>;
  readonly #scheduler: RequestScheduler<TrackedEntry, Target>;
  readonly #lanes: TargetLanes;
  readonly #packer: RecordPacker;
  readonly #refitter: EntryRefitter;
  readonly #intake: RecordIntake;
  readonly #spool: SpoolStage | undefined;
  readonly #summarySender: SummarySender;
  #drainsUnderWay = 0;
  #stopped: Promise<void> | undefined;
  /** Calls whose records are accepted, but whose answer waits until memory is free again. */
  #waitingForRoom: { readonly ticket: ExportTicket; readonly count: number }[] = [];

  constructor(parts: LogPipelineParts) {
    this.#parts = parts;
    const { destination, limits, names, options, runtime } = parts;
    const ordered = orderedRuleOf(destination);
    this.#memory = new MemoryBudget(options.maxBufferedBytes, () => this.#onRoom());
    this.#summarySender = new SummarySender({
      runtime,
      send: (target, record, ticket) => this.#sendOwn(target, record, ticket),
    });
    this.#accounts = createAccounts({
      ledger: this.#ledger,
      memory: this.#memory,
      summary: this.#summarySender,
      componentType: parts.componentType,
      destination,
      options,
      runtime,
    });
    this.#scheduler = new RequestScheduler({
      send: senderOf(destination, options, runtime),
      observer: watchForSpool(this.#accounts, () => this.#spool),
      afterFailure: entriesAfterFailure,
      concurrencyLimit: options.concurrencyLimit,
      backlogConcurrencyLimit: options.backlogConcurrencyLimit,
      timeoutMillis: options.timeoutMillis,
      retry: options.retry,
      ordered,
      repack: (target, oversized) => this.#refitter.repack(target, oversized),
      clock: runtime,
      random: () => runtime.random(),
      onBug: bugTeller(destination.name),
    });
    this.#lanes = new TargetLanes({
      names,
      limits,
      maxTargets: options.maxTargets,
      scheduler: this.#scheduler,
      onForget: (target) => void releaseTarget(destination, target),
      ...entryMemoryFor(destination, limits, options, this.#memory, runtime),
      orderKeyOf: orderKeyOf(destination),
      isAwaited: (target) => this.#spool?.holds(target) ?? false,
    });
    this.#spool =
      options.spool &&
      new SpoolStage({
        destination,
        ordered,
        options: { ...options, spool: options.spool },
        runtime,
        accounts: this.#accounts,
        lanes: this.#lanes,
        memory: this.#memory,
        nextSequence: () => this.#packer.nextSequence(),
        enqueue: (lane, entry) => this.#enqueue(lane, entry),
        pump: () => this.#scheduler.pump(),
        giveUp: (lane, what) => this.#scheduler.giveUp(lane, isOnDisk, what),
      });
    this.#packer = new RecordPacker(
      {
        accounts: this.#accounts,
        lanes: this.#lanes,
        memory: this.#memory,
        hand: (lane, entry) =>
          this.#spool === undefined ? this.#enqueue(lane, entry) : this.#spool.add(lane, entry),
        hasSpool: options.spool !== undefined,
        isSpooled: () => this.#spool?.isWorking ?? false,
        runtime,
        destinationName: destination.name,
        isNumbered: destination.numbered ?? false,
        ...entryFormsFor(destination, limits, options),
        waitsForDelivery: options.acknowledge === 'delivered',
      },
      entryEncoding(destination, limits, options),
    );
    this.#refitter = new EntryRefitter({
      accounts: this.#accounts,
      memory: this.#memory,
      lowerEntryLimit: (target, maxBytes) => this.#lanes.lowerEntryLimit(target, maxBytes),
      encoder: options.encoder,
      delimiter: destination.delimiter ?? '',
      oversize: options.oversize,
      nextSequence: () => this.#packer.nextSequence(),
    });
    this.#intake = new RecordIntake({
      runtime,
      pack: (record, call, nowMillis) => this.#packer.pack(record, call, nowMillis),
      freeBytes: () => this.#memory.freeBytes,
      surelyFitsBytes: surelyFitsBytes(limits, options, () => this.#lanes.sureBytes(this.#memory)),
      onTakenOver: (ticket, count) => this.#onTakenOver(ticket, count),
      onProgress: ({ isHeldUp, moreIsComing }) => {
        this.#scheduler.moreIsComing = moreIsComing;
        this.#spool?.onProgress({ isHeldUp, moreIsComing });
        // What is still to be packed can wait for memory only if what was packed goes.
        const mustMakeRoom = this.#drainsUnderWay > 0 && (isHeldUp || this.#memory.isFull);
        if (mustMakeRoom) this.#scheduler.flush({ alsoServiceWaits: false });
        else this.#scheduler.pump();
      },
    });
  }

  stats(): ExporterStats {
    const spooledBytes = this.#spool?.bytes ?? 0;
    return this.#ledger.stats({ bufferedBytes: this.#memory.usedBytes, spooledBytes });
  }

  /** Takes records over and answers `callback` once. Full, it refuses who did not wait for an answer. */
  accept(records: readonly ReadableLogRecord[], callback: (result: ExportResult) => void): void {
    const { ticket, wanted } = this.#register(records, callback);
    if (wanted.length === 0) return;
    const isWaitedFor = this.#intake.hasUnanswered || this.#waitingForRoom.length > 0;
    if (isWaitedFor && this.#intake.isOverfull) {
      this.#dropUnpacked(wanted, 'buffer_full', ticket, 'The memory for records is full');
      return;
    }
    this.#lanes.closeIdle(this.#parts.runtime.monotonicMillis());
    this.#intake.add(wanted, ticket);
  }

  /** Books records that come when nothing can be taken any more. */
  refuse(records: readonly ReadableLogRecord[], callback: (result: ExportResult) => void): void {
    const { ticket, wanted } = this.#register(records, callback);
    this.#dropUnpacked(wanted, 'shut_down', ticket, 'The exporter is shut down');
  }

  #register(
    records: readonly ReadableLogRecord[],
    callback: (result: ExportResult) => void,
  ): { readonly ticket: ExportTicket; readonly wanted: readonly ReadableLogRecord[] } {
    const wanted = withoutScopes(records, this.#parts.options.isExcluded);
    const ticket = new ExportTicket(wanted.length, callback);
    if (wanted.length === 0) ticket.settleIfEmpty();
    else this.#accounts.exported(wanted.length);
    return { ticket, wanted };
  }

  /** Sends all that was accepted before; resolves when every record of it is decided. */
  async drain(options: { readonly alsoServiceWaits: boolean }): Promise<void> {
    this.#drainsUnderWay += 1;
    if (this.#memory.isFull) this.#scheduler.flush(options);
    await this.#intake.whenPacked();
    this.#drainsUnderWay -= 1;
    const drained = this.#spool?.drain();
    await this.#spool?.flush();
    this.#scheduler.flush(options);
    await drained;
    const settled = this.#scheduler.whenSettled();
    // Of what is on disk some may stay there; what the disk did not take is only here.
    if (this.#spool === undefined) await settled;
    else await Promise.race([settled, this.#ledger.whenNoneInFlight()]);
    if (this.#summarySender.sendDue()) await this.drain(options);
  }

  /** Drops what is left and releases the destination, once. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    this.#summarySender.stop();
    this.#takeUnpacked();
    this.#scheduler.stop();
    await this.#spool?.stop();
    await this.#scheduler.whenSettled();
    this.#onRoom();
    await this.#parts.destination.close?.();
  }

  /** Gives up all that is neither decided nor on disk, as `shut_down`, and hands it back. */
  takeBack(): AbandonedRecords {
    const records = this.#takeUnpacked();
    const unwritten = this.#spool?.takeBack() ?? [];
    const error = new Error('Taken back before it was sent');
    for (const { entries, target } of unwritten)
      this.#accounts.dropped(target, entries, 'shut_down', error);
    const entries = [...this.#scheduler.takeBack(), ...unwritten]
      .flatMap((request) => request.entries.flatMap(unstoredLinesOf))
      .map(({ bytes }) => bytes);
    return { encoding: this.#parts.options.encoder.name, entries, records };
  }

  #takeUnpacked(): ReadableLogRecord[] {
    const { acknowledge } = this.#parts.options;
    return this.#intake.takeRest().flatMap(({ position, records, ticket }) => {
      const rest = records.slice(position);
      this.#dropUnpacked(rest, 'shut_down', ticket, 'Shut down before it was sent');
      ticket.succeed(acknowledge === 'accepted' ? position : 0);
      return rest;
    });
  }

  #sendOwn(target: Target, record: ReadableLogRecord, ticket: ExportTicket): boolean {
    if (this.#memory.isFull || !this.#packer.packOwn(target, record, ticket)) return false;
    this.#spool?.write();
    this.#scheduler.pump();
    return true;
  }

  #enqueue(lane: TargetLane, entry: TrackedEntry): void {
    if (byteCountOf(entry) <= lane.limits.maxEntryBytes) {
      const request = lane.packer.add(entry);
      if (request !== undefined) this.#scheduler.enqueue(lane.lane, request);
      return;
    }
    for (const smaller of this.#refitter.fit(lane.target, entry, lane.limits.maxEntryBytes))
      this.#enqueue(lane, smaller);
  }

  #onTakenOver(ticket: ExportTicket, acceptedCount: number): void {
    if (this.#parts.options.acknowledge === 'delivered') return;
    if (this.#spool !== undefined)
      void this.#spool.whenSafe().then((isSafe) => {
        if (isSafe) ticket.succeed(acceptedCount);
        else ticket.fail(acceptedCount, 'shut_down', new Error('Taken back before it was sent'));
      });
    else if (this.#memory.isFull) this.#waitingForRoom.push({ ticket, count: acceptedCount });
    else ticket.succeed(acceptedCount);
  }

  #onRoom(): void {
    for (const { count, ticket } of this.#waitingForRoom.splice(0)) ticket.succeed(count);
    this.#intake.schedule();
  }

  #dropUnpacked(
    records: readonly ReadableLogRecord[],
    reason: DropReason,
    ticket: ExportTicket,
    why: string,
  ): void {
    if (records.length === 0) return;
    const { destination, runtime } = this.#parts;
    const lost = lostUnpacked(records, runtime.wallMillis(), destination.name);
    this.#accounts.droppedRecords(lost, reason, new Error(why), ticket);
  }
}
