import { randomUUID } from 'node:crypto';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type ExportResult, suppressTracing } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { describeError } from '../describe-error.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import { DropReporter } from '../report/drop-reporter.ts';
import { createExporterMetrics } from '../report/exporter-metrics.ts';
import { HealthReporter } from '../report/health-reporter.ts';
import { type ExporterStats, Ledger } from '../report/ledger.ts';
import { nextComponentName } from '../report/next-component-name.ts';
import { tell } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { TargetName } from '../route/target-name.ts';
import { RequestScheduler } from '../send/request-scheduler.ts';
import type { DropReason, SendOutcome } from '../send/send-outcome.ts';
import type { AbandonedRecords } from './abandoned-records.ts';
import type { Destination } from './destination.ts';
import { EntryRefitter } from './entry-refitter.ts';
import { ExportTicket } from './export-ticket.ts';
import { MemoryBudget } from './memory-budget.ts';
import { RecordAccounts } from './record-accounts.ts';
import { RecordIntake } from './record-intake.ts';
import { RecordPacker } from './record-packer.ts';
import { recordTimeMillis } from './record-time.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import type { Runtime } from './runtime.ts';
import { TargetLanes } from './target-lanes.ts';
import type { TrackedEntry } from './tracked-entry.ts';

export interface LogPipelineParts {
  readonly destination: Destination;
  readonly limits: PackLimits;
  readonly names: Readonly<Record<string, TargetName>>;
  readonly options: ResolvedOptions;
  readonly runtime: Runtime;
  /** The exporter's class name, for metrics. */
  readonly componentType: string;
}

/** The stages in their order: intake → route → encode → pack → send → report. */
export class LogPipeline {
  readonly #parts: LogPipelineParts;
  readonly #accounts: RecordAccounts;
  readonly #ledger = new Ledger();
  readonly #memory: MemoryBudget<Target>;
  readonly #scheduler: RequestScheduler<TrackedEntry, Target>;
  readonly #lanes: TargetLanes;
  readonly #packer: RecordPacker;
  readonly #intake: RecordIntake;
  #drainsUnderWay = 0;
  #stopped: Promise<void> | undefined;
  /** Calls whose records are accepted, but whose answer waits until memory is free again. */
  #waitingForRoom: { readonly ticket: ExportTicket; readonly count: number }[] = [];

  constructor(parts: LogPipelineParts) {
    this.#parts = parts;
    const { destination, limits, names, options, runtime } = parts;
    this.#memory = new MemoryBudget(options.maxBufferedBytes, () => this.#onRoom());
    const reporting = {
      name: destination.name,
      warn: (message: string): void => tell('warn', message),
      monotonicMillis: (): number => runtime.monotonicMillis(),
    };
    this.#accounts = new RecordAccounts({
      ledger: this.#ledger,
      memory: this.#memory,
      metrics: createExporterMetrics(options.selfObsMeterProvider, {
        componentType: parts.componentType,
        componentName: nextComponentName(parts.componentType),
      }),
      dropReporter: new DropReporter({ ...reporting, onDrop: options.onDrop }),
      healthReporter: new HealthReporter(reporting),
    });
    this.#scheduler = new RequestScheduler({
      send: (target, entries, signal) => this.#send(target, entries, signal),
      observer: this.#accounts,
      concurrencyLimit: options.concurrencyLimit,
      timeoutMillis: options.timeoutMillis,
      retry: options.retry,
      ordered: destination.ordered ?? false,
      repack: (target, oversized) => refitter.repack(target, oversized),
      clock: runtime,
      random: () => runtime.random(),
      onBug: (error) => tell('error', `${destination.name}: ${describeError(error)}`),
    });
    this.#lanes = new TargetLanes({
      names,
      limits,
      maxTargets: options.maxTargets,
      scheduler: this.#scheduler,
      onForget: (target) => void this.#release(target),
    });
    this.#packer = new RecordPacker(
      {
        accounts: this.#accounts,
        lanes: this.#lanes,
        memory: this.#memory,
        scheduler: this.#scheduler,
        runtime,
        destinationName: destination.name,
        isNumbered: destination.numbered ?? false,
      },
      {
        encoder: options.encoder,
        limits,
        delimiter: destination.delimiter ?? '',
        oversize: options.oversize,
        maxSplitBytes: options.maxBufferedBytes / 2,
      },
    );
    const refitter = new EntryRefitter({
      accounts: this.#accounts,
      memory: this.#memory,
      lowerEntryLimit: (target, maxBytes) => this.#lanes.lowerEntryLimit(target, maxBytes),
      encoder: options.encoder,
      delimiter: destination.delimiter ?? '',
      oversize: options.oversize,
      createId: randomUUID,
      nextSequence: () => this.#packer.nextSequence(),
    });
    const waitsForDelivery = options.acknowledge === 'delivered';
    this.#intake = new RecordIntake({
      runtime,
      pack: (record, ticket, acceptedAtMillis) =>
        this.#packer.pack(record, { ticket, waitsForDelivery, acceptedAtMillis }),
      isFull: () => this.#memory.isFull,
      onPacked: (ticket, count) => this.#onPacked(ticket, count),
      onProgress: ({ moreIsComing }) => {
        this.#scheduler.moreIsComing = moreIsComing;
        // What is still to be packed can wait for memory only if what was packed goes.
        const mustMakeRoom = this.#drainsUnderWay > 0 && this.#memory.isFull;
        if (mustMakeRoom) this.#scheduler.flush({ alsoServiceWaits: false });
        else this.#scheduler.pump();
      },
    });
  }

  stats(): ExporterStats {
    return this.#ledger.stats({ bufferedBytes: this.#memory.usedBytes, spooledBytes: 0 });
  }

  /** Takes records over and answers `callback` once. */
  accept(records: readonly ReadableLogRecord[], callback: (result: ExportResult) => void): void {
    const wanted = records.filter((record) => !this.#isExcluded(record));
    const ticket = new ExportTicket(wanted.length, callback);
    if (wanted.length === 0) {
      ticket.settleIfEmpty();
      return;
    }
    this.#accounts.exported(wanted.length);
    if (this.#memory.isFull || this.#intake.isOverfull(this.#memory.freeBytes)) {
      this.#dropUnpacked(wanted, 'buffer_full', ticket, 'The memory for records is full');
      return;
    }
    this.#lanes.closeIdle(this.#parts.runtime.monotonicMillis());
    this.#intake.add(wanted, ticket);
  }

  /** Books records that come when nothing can be taken any more. */
  refuse(records: readonly ReadableLogRecord[], callback: (result: ExportResult) => void): void {
    const wanted = records.filter((record) => !this.#isExcluded(record));
    const ticket = new ExportTicket(wanted.length, callback);
    if (wanted.length === 0) {
      ticket.settleIfEmpty();
      return;
    }
    this.#accounts.exported(wanted.length);
    this.#dropUnpacked(wanted, 'shut_down', ticket, 'The exporter is shut down');
  }

  /** Sends all that was accepted before; resolves when every record of it is decided. */
  async drain(options: { readonly alsoServiceWaits: boolean }): Promise<void> {
    this.#drainsUnderWay += 1;
    if (this.#memory.isFull) this.#scheduler.flush(options);
    await this.#intake.whenPacked();
    this.#drainsUnderWay -= 1;
    this.#scheduler.flush(options);
    await this.#scheduler.whenSettled();
  }

  /** Drops what is left and releases the destination, once. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    this.#takeUnpacked();
    this.#scheduler.stop();
    await this.#scheduler.whenSettled();
    this.#onRoom();
    await this.#parts.destination.close?.();
  }

  /** Gives up all that is not decided, as `shut_down`, and hands it back. */
  takeBack(): AbandonedRecords {
    const records = this.#takeUnpacked();
    const entries = this.#scheduler
      .takeBack()
      .flatMap((request) => request.entries.map(({ bytes }) => bytes));
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

  async #send(
    target: Target,
    entries: readonly TrackedEntry[],
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    // The exporter's own requests are never traced, nor do they belong to the application's trace
    // that happens to be active (OTel specification, "Suppress Tracing").
    const outcome = await context.with(suppressTracing(ROOT_CONTEXT), () =>
      this.#parts.destination.send({ target, entries }, { signal }),
    );
    return outcome ?? { status: 'delivered' };
  }

  /** What goes wrong in it costs no record, whether it throws or rejects. */
  async #release(target: Target): Promise<void> {
    const { destination } = this.#parts;
    try {
      await destination.release?.(target);
    } catch (error) {
      tell('error', `${destination.name}: ${describeError(error)}`);
    }
  }

  #onPacked(ticket: ExportTicket, acceptedCount: number): void {
    if (this.#parts.options.acknowledge === 'delivered') return;
    if (this.#memory.isFull) this.#waitingForRoom.push({ ticket, count: acceptedCount });
    else ticket.succeed(acceptedCount);
  }

  #onRoom(): void {
    for (const { count, ticket } of this.#waitingForRoom.splice(0)) ticket.succeed(count);
    this.#intake.schedule();
  }

  #isExcluded(record: ReadableLogRecord): boolean {
    try {
      return this.#parts.options.isExcluded(record.instrumentationScope.name);
    } catch {
      // A record that is not one is counted where it is packed, and its neighbours go on.
      return false;
    }
  }

  #dropUnpacked(
    records: readonly ReadableLogRecord[],
    reason: DropReason,
    ticket: ExportTicket,
    why: string,
  ): void {
    if (records.length === 0) return;
    const wallMillis = this.#parts.runtime.wallMillis();
    const times = records.map((record) => recordTimeMillis(record, wallMillis));
    const lost = {
      count: records.length,
      bytes: 0,
      firstTimeMillis: times.reduce((least, time) => Math.min(least, time)),
      lastTimeMillis: times.reduce((most, time) => Math.max(most, time)),
      target: this.#parts.destination.name,
    };
    this.#accounts.droppedRecords(lost, reason, new Error(why), ticket);
  }
}
