import type { PackLimits } from '../../src/pack/pack-limits.ts';
import { RequestPacker } from '../../src/pack/request-packer.ts';
import type { Lane } from '../../src/send/lane.ts';
import type { QueuedEntry } from '../../src/send/outbound-request.ts';
import {
  RequestScheduler,
  type RequestSchedulerOptions,
} from '../../src/send/request-scheduler.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { FakeRuntime } from './fake-runtime.ts';
import { neverAnswers } from './outcomes.ts';

export interface BenchRequest {
  readonly target: string;
  readonly sequences: readonly number[];
  readonly atMillis: number;
  readonly signal: AbortSignal;
  /** 0 for the first request of all. */
  readonly index: number;
}

export type BenchSender = (request: BenchRequest) => SendOutcome | Promise<SendOutcome>;

export interface BenchOptions
  extends Partial<Omit<RequestSchedulerOptions<QueuedEntry, string>, 'send' | 'observer'>> {
  readonly send: BenchSender;
  readonly limits?: Partial<PackLimits>;
  readonly seed?: number;
}

/** More than any test here needs: a storm of requests ends, so that the test can say so. */
const MAX_REQUESTS = 20_000;

/** Numbers a test can rely on: waits are at most 100, 200, 400 … 1000 ms. */
const RETRY = { initialBackoffMillis: 100, maxBackoffMillis: 1000, backoffMultiplier: 2 };

/** A scheduler at work on a clock that a test rules, with everything written down. */
export class SchedulerBench {
  readonly runtime: FakeRuntime;
  readonly scheduler: RequestScheduler<QueuedEntry, string>;
  readonly requests: BenchRequest[] = [];
  /** `delivered` or the reason, by sequence. */
  readonly fates: Map<number, string> = new Map();
  readonly health: string[] = [];
  readonly finished: {
    readonly target: string;
    readonly durationMillis: number;
    error?: Error;
    httpStatusCode?: number;
  }[] = [];
  readonly dropErrors: Error[] = [];
  readonly bugs: unknown[] = [];
  retried = 0;
  inFlight = 0;
  mostInFlight = 0;
  readonly #limits: PackLimits;
  readonly #lanes = new Map<string, BenchLane>();
  #sequence = 0;

  constructor(options: BenchOptions) {
    const { limits, seed, send, ...schedulerOptions } = options;
    this.runtime = new FakeRuntime(seed);
    this.#limits = { maxEntries: 1, maxRequestBytes: 1_000_000, maxEntryBytes: 1000, ...limits };
    this.scheduler = new RequestScheduler<QueuedEntry, string>({
      concurrencyLimit: 4,
      timeoutMillis: 60_000,
      retry: RETRY,
      ordered: false,
      clock: this.runtime,
      random: () => this.runtime.random(),
      onBug: (error) => this.bugs.push(error),
      ...schedulerOptions,
      send: (target, entries, signal) => this.#send(send, target, entries, signal),
      observer: {
        attempted: () => {},
        retrying: (_target, entries) => {
          this.retried += entries.length;
        },
        delivered: (_target, entries) => this.#decide(entries, 'delivered'),
        dropped: (_target, entries, reason, error) => {
          this.dropErrors.push(error);
          this.#decide(entries, reason);
        },
        finished: (target, durationMillis, error, httpStatusCode) => {
          this.finished.push({
            target,
            durationMillis,
            ...(error === undefined ? {} : { error }),
            ...(httpStatusCode === undefined ? {} : { httpStatusCode }),
          });
        },
        troubled: (target, error) => {
          this.health.push(`${target} fails: ${error.message}`);
        },
        recovered: (target) => {
          this.health.push(`${target} is back`);
        },
      },
    });
  }

  /** Puts entries on their way to a target and answers their sequences. */
  add(target: string, count: number, bytes = 10): number[] {
    const lane = this.lane(target);
    const sequences: number[] = [];
    for (let added = 0; added < count; added += 1) {
      this.#sequence += 1;
      sequences.push(this.#sequence);
      const closed = lane.packer.add({
        bytes: Buffer.alloc(bytes),
        recordCount: 1,
        timeMillis: this.runtime.wallMillis(),
        sequence: this.#sequence,
        acceptedAtMillis: this.runtime.monotonicMillis(),
        packedAtMillis: this.runtime.monotonicMillis(),
      });
      if (closed !== undefined) this.scheduler.enqueue(lane.lane, closed);
    }
    this.scheduler.pump();
    return sequences;
  }

  lane(target: string): BenchLane {
    const known = this.#lanes.get(target);
    if (known !== undefined) return known;
    const packer = new RequestPacker<QueuedEntry>(this.#limits, ([first, ...others]) => {
      if (first === undefined || others.length > 0) throw new Error('No aggregation here');
      return first;
    });
    const created: BenchLane = { packer, lane: this.scheduler.addLane(target, packer) };
    this.#lanes.set(target, created);
    return created;
  }

  /** The fate of each of these entries; `undefined` while it is not decided. */
  fatesOf(sequences: readonly number[]): (string | undefined)[] {
    return sequences.map((sequence) => this.fates.get(sequence));
  }

  async #send(
    send: BenchSender,
    target: string,
    entries: readonly QueuedEntry[],
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const request: BenchRequest = {
      target,
      sequences: entries.map((entry) => entry.sequence),
      atMillis: this.runtime.monotonicMillis(),
      signal,
      index: this.requests.length,
    };
    this.requests.push(request);
    if (this.requests.length > MAX_REQUESTS) return neverAnswers;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    let isOver = false;
    const end = (): void => {
      if (!isOver) this.inFlight -= 1;
      isOver = true;
    };
    // An attempt that was given up is not in flight any more, whatever its sender still does.
    signal.addEventListener('abort', end, { once: true });
    try {
      return await send(request);
    } finally {
      end();
    }
  }

  #decide(entries: readonly QueuedEntry[], fate: string): void {
    for (const { sequence } of entries) {
      const known = this.fates.get(sequence);
      if (known !== undefined) {
        throw new Error(`Entry ${sequence} was ${known} and is ${fate} once more`);
      }
      this.fates.set(sequence, fate);
    }
  }
}

export interface BenchLane {
  readonly packer: RequestPacker<QueuedEntry>;
  readonly lane: Lane<QueuedEntry, string>;
}
