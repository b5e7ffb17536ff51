import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { DropReporter } from '../report/drop-reporter.ts';
import type { ExporterStats } from '../report/ledger.ts';
import { bugTeller, tell } from '../report/tell.ts';
import { AwaitedRetryPolicy } from '../send/awaited-retry-policy.ts';
import { shownOption } from '../shown-option.ts';
import type { AbandonedRecords } from './abandoned-records.ts';
import { describeWaiting } from './describe-waiting.ts';
import type { Destination } from './destination.ts';
import type { LogRecordExporterOptions } from './exporter-options.ts';
import { LogPipeline } from './log-pipeline.ts';
import {
  backlogLimitOf,
  checkCompression,
  compileTargetNames,
  resolveLimits,
} from './resolve-destination.ts';
import { type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { type Runtime, systemRuntime, withoutUncaught } from './runtime.ts';
import { tellUnknownNames } from './tell-unknown-names.ts';
import { untraced } from './untraced.ts';
import { within } from './within.ts';

/** The options of an exporter whose destination is your own. */
export interface DestinationLogRecordExporterOptions extends LogRecordExporterOptions {
  readonly destination: Destination;
}

/** What one that extends the exporter has besides, it tells of itself. */
const OPTIONS: Readonly<Record<keyof DestinationLogRecordExporterOptions, true>> = {
  destination: true,
  encoding: true,
  compression: true,
  oversize: true,
  acknowledge: true,
  timeoutMillis: true,
  flushTimeoutMillis: true,
  shutdownTimeoutMillis: true,
  concurrencyLimit: true,
  retry: true,
  maxBufferedBytes: true,
  maxTargets: true,
  spool: true,
  staticFields: true,
  excludeScopes: true,
  onDrop: true,
  selfObsMeterProvider: true,
};

/**
 * After the last record was delivered at shutdown, so long without a further export until the exporter
 * closes: a batch processor that was flushing when it was shut down goes on exporting for a moment.
 */
const SHUTDOWN_GRACE_MILLIS = 50;
/** Time to delete the files of what was delivered, so that the next process does not find them. */
const SPOOL_CLOSE_MILLIS = 2_000;
/** A flush that comes so soon after one that was in vain belongs to the same wish, and gets no more. */
const NEXT_FLUSH_MILLIS = 250;

/**
 * Exports log records to any destination: packs them within its limits, sends them with bounded
 * concurrency, sends again what failed, and accounts for every record.
 *
 * `export` may be called concurrently. It never throws and never blocks; its callback is called once.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class DestinationLogRecordExporter implements LogRecordExporter {
  readonly #options: ResolvedOptions;
  readonly #dropReporter: DropReporter;
  readonly #pipeline: LogPipeline;
  readonly #runtime: Runtime;
  readonly #retry: AwaitedRetryPolicy;
  readonly #name: string;
  readonly #onBug: (error: unknown) => void;
  /** For records that are handed back before they were encoded. */
  readonly #extra: Pick<AbandonedRecords, 'staticFields'>;
  #shutdown: Promise<void> | undefined;
  #isClosed = false;
  /** Until somebody asks for it. */
  #leftAtShutdown: AbandonedRecords | undefined;
  /** The last flush ran out of time. */
  #vainFlush:
    | { readonly endMillis: number; readonly delivered: number; readonly left: string | undefined }
    | undefined;

  /** @param runtime Clock, timers and random numbers, for tests. Default: the system's. */
  constructor(options: DestinationLogRecordExporterOptions, runtime: Runtime = systemRuntime) {
    this.#options = resolveOptions(options);
    const { destination } = options;
    if (typeof destination?.send !== 'function' || typeof destination.name !== 'string') {
      throw new InvalidOptionError(
        `Expected \`destination\` to be an object with \`name\` and \`send\`, got ${shownOption(destination)}`,
      );
    }
    checkCompression(options.compression, destination);
    this.#name = destination.name;
    const { staticFields } = options;
    this.#extra = staticFields === undefined ? {} : { staticFields };
    this.#onBug = bugTeller(destination.name);
    this.#runtime = withoutUncaught(runtime, this.#onBug);
    this.#dropReporter = new DropReporter({
      name: destination.name,
      onDrop: this.#options.onDrop,
      warn: (message) => tell('warn', message),
      monotonicMillis: () => this.#runtime.monotonicMillis(),
    });
    this.#retry = new AwaitedRetryPolicy(this.#options.retry);
    this.#pipeline = new LogPipeline({
      destination,
      limits: resolveLimits(destination),
      names: compileTargetNames(destination),
      options: {
        ...this.#options,
        backlogConcurrencyLimit: backlogLimitOf(destination, this.#options),
        retry: this.#retry,
        onDrop: (drop) => this.#dropReporter.report(drop),
      },
      runtime: this.#runtime,
      componentType: this.constructor.name,
    });
    if (new.target === DestinationLogRecordExporter) {
      tellUnknownNames('DestinationLogRecordExporter', options, Object.keys(OPTIONS));
    }
  }

  export(records: ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void {
    const answer = (result: ExportResult): void => {
      queueMicrotask(() =>
        this.#guard('the callback of export threw', () => resultCallback(result)),
      );
    };
    try {
      if (this.#isClosed) this.#pipeline.refuse(records, answer);
      else this.#pipeline.accept(records, answer);
    } catch (thrown) {
      answer({
        code: ExportResultCode.FAILED,
        error: new TypeError('Expected `records` to be an array of log records', { cause: thrown }),
      });
    }
  }

  /** Sends what was exported before; resolves when it is decided or after `flushTimeoutMillis`. Never rejects. */
  async forceFlush(): Promise<void> {
    if (this.#isClosed) return;
    const startMillis = this.#runtime.monotonicMillis();
    const { flushTimeoutMillis } = this.#options;
    // The batch processor flushes once for each of its batches when it shuts down: not each waits as long again.
    const budgetMillis = this.#isSameWish(startMillis)
      ? Math.min(NEXT_FLUSH_MILLIS, flushTimeoutMillis)
      : flushTimeoutMillis;
    const drained = this.#pipeline.drain({ alsoServiceWaits: false });
    if (await this.#within(budgetMillis, drained)) {
      this.#vainFlush = undefined;
      return;
    }
    const stats = this.#pipeline.stats();
    const left = describeWaiting(stats);
    const isTold = left === this.#vainFlush?.left && this.#isSameWish(startMillis);
    const endMillis = this.#runtime.monotonicMillis();
    this.#vainFlush = { endMillis, delivered: stats.delivered, left };
    if (left === undefined || isTold) return;
    tell('warn', `${this.#name}: forceFlush ended after ${budgetMillis} ms with ${left}`);
  }

  /** The last flush was in vain, nothing was delivered since, and one that began then came beside it or at once. */
  #isSameWish(startMillis: number): boolean {
    const vain = this.#vainFlush;
    return (
      vain !== undefined &&
      this.#pipeline.stats().delivered <= vain.delivered &&
      startMillis - vain.endMillis < NEXT_FLUSH_MILLIS
    );
  }

  /**
   * Delivers what it can within `shutdownTimeoutMillis`, drops the rest as `shut_down` and closes.
   * Exports that come meanwhile are delivered too; later ones fail at once. Never rejects.
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#drainAndClose();
    return this.#shutdown;
  }

  /**
   * Hands back all records that are neither delivered nor dropped, and goes on with an empty exporter. They
   * count as dropped, `shut_down`. Those whose answer was awaited may arrive nevertheless.
   */
  takeBack(): AbandonedRecords {
    const taken = { ...this.#pipeline.takeBack(), ...this.#extra };
    // A process that exits, or is frozen, may have no later line.
    this.#dropReporter.flush();
    return taken;
  }

  /**
   * The same for the last moment of a process: the exporter is closed at once, and nothing is awaited. After
   * a shutdown that ran out of time it hands back what was left then.
   */
  abandon(): AbandonedRecords {
    this.#isClosed = true;
    const taken = this.takeBack();
    const left = this.#leftAtShutdown;
    this.#leftAtShutdown = undefined;
    // Later, if there is a later: a native socket that is closed while the process exits aborts it.
    this.#runtime.defer(() => void this.#stop().catch(() => undefined));
    if (left === undefined) return taken;
    return {
      ...taken,
      entries: [...left.entries, ...taken.entries],
      records: [...left.records, ...taken.records],
    };
  }

  /** The name of its destination, such as `sqs`. */
  get destinationName(): string {
    return this.#name;
  }

  /** What became of all records so far. */
  stats(): ExporterStats {
    return this.#pipeline.stats();
  }

  async #drainAndClose(): Promise<void> {
    const { shutdownTimeoutMillis } = this.#options;
    await this.#within(shutdownTimeoutMillis, this.#drainUntilQuiet());
    this.#isClosed = true;
    this.#leftAtShutdown = this.#pipeline.takeBack();
    // A sender that does not heed its abort must not hold up the application's end.
    const stopMillis =
      this.#options.spool === undefined ? SHUTDOWN_GRACE_MILLIS : SPOOL_CLOSE_MILLIS;
    await this.#within(stopMillis, this.#stop());
    this.#dropReporter.flush();
  }

  /** Closes the spool and the destination. */
  #stop(): Promise<void> {
    return untraced(() => this.#pipeline.stop());
  }

  async #drainUntilQuiet(): Promise<void> {
    let exported: number;
    do {
      exported = this.#pipeline.stats().exported;
      await this.#pipeline.drain({ alsoServiceWaits: true });
      await new Promise<void>((resolve) => {
        this.#runtime.startTimer(resolve, SHUTDOWN_GRACE_MILLIS);
      });
    } while (!this.#isClosed && this.#pipeline.stats().exported > exported);
  }

  /** While somebody waits, pauses between attempts are short. */
  #within(maxMillis: number, work: Promise<void>): Promise<boolean> {
    return this.#retry.whileAwaited(within(maxMillis, work.catch(this.#onBug), this.#runtime));
  }

  #guard(what: string, call: () => void): void {
    try {
      call();
    } catch (thrown) {
      bugTeller(`${this.#name}: ${what}`)(thrown);
    }
  }
}
