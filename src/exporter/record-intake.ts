import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ExportTicket } from './export-ticket.ts';
import type { PackProgress } from './pack-progress.ts';
import type { ExportCall, PackResult } from './record-packer.ts';
import { ResourceWait } from './resource-wait.ts';
import { RestEstimate } from './rest-estimate.ts';
import type { Runtime } from './runtime.ts';

export interface IntakeItem extends ExportCall {
  readonly records: readonly ReadableLogRecord[];
  /** Of the first record that is not packed yet. */
  position: number;
}

interface WaitingItem extends IntakeItem {
  records: readonly ReadableLogRecord[];
  acceptedCount: number;
  /** Nobody waits for its records to be packed: it was told that they are taken over, or they are taken away. */
  isAnswered: boolean;
  /** Estimated for each record that had to wait; 0 for a call that was packed at once. */
  averageBytes: number;
  /** Of the largest of them; infinite while it is not known. */
  largestBytes: number;
}

export interface RecordIntakeOptions {
  readonly runtime: Runtime;
  /** Packs one record; with `wait` it must be asked for the same record again, later. */
  readonly pack: (record: ReadableLogRecord, call: ExportCall, nowMillis: number) => PackResult;
  /** Bytes that may be held beside those of what is packed; 0 while no further ones may be. */
  readonly freeBytes: () => number;
  /**
   * A call may be told that its records are taken over before they are packed, if none of them is estimated
   * at more than this. 0 where it has to wait.
   */
  readonly surelyFitsBytes: () => number;
  /** So many records of a call are taken over; with the last of them it has its answer. */
  readonly onTakenOver: (ticket: ExportTicket, acceptedCount: number) => void;
  readonly onProgress: (progress: PackProgress) => void;
}

/** Work at a stretch before the application gets its turn. */
const SLICE_MILLIS = 1;
/** While many calls wait: the application's turns are long then, and with less, more would come than is packed. */
const BACKLOG_SLICE_MILLIS = 2;
const BACKLOG_CALLS = 4;
/** Early answers after a slice: behind each is work of the application. */
const ANSWERS_A_SLICE = 256;
/** A call of the batch processor's usual size may take longer: to estimate what is left of it costs more. */
const SMALL_CALL_MILLIS = 2;
const SMALL_CALL_RECORDS = 1024;
/** Looking at the clock costs a tenth of a record; after this many it is looked at. */
const RECORDS_BETWEEN_CLOCKS = 4;
/**
 * Calls of `export` that may wait. With more the application is exporting record by record without
 * pause, and they are packed at once: as objects their memory is unknown, as bytes it is bounded.
 */
const MAX_WAITING_CALLS = 16_384;
/** Records that may wait; what is exported beyond them is refused. */
const MAX_WAITING_RECORDS = 65_536;
/**
 * Of what waits, about, beyond which no call has its answer before it is packed: a few hundredths of a second of
 * work, so that a shutdown right after the answer still has its time for sending. More would only cost: what waits is
 * alive, and each small garbage collection copies it.
 */
const MAX_ANSWERED_BYTES = 1024 * 1024;
/** How soon a record is looked at again whose target must free memory first. */
const WAIT_FOR_MEMORY_MILLIS = 10;

/** Takes records over in slices: first come, first packed, and never the event loop for long. */
export class RecordIntake {
  readonly #options: RecordIntakeOptions;
  readonly #estimate: RestEstimate;
  readonly #resourceWait: ResourceWait;
  #items: WaitingItem[] = [];
  #unansweredCalls = 0;
  /** Its record at `position` is being packed. */
  #itemAtHand: WaitingItem | undefined;
  #waitingRecords = 0;
  /** About what the records hold that wait since before this tick. */
  #waitingBytes = 0;
  #isScheduled = false;
  #isPacking = false;
  /** Until then records are packed in the tick in which they come. */
  #sliceEndMillis = 0;
  #heldUpRecord: ReadableLogRecord | undefined;
  #isNewlyHeldUp = false;
  #emptyWaiters: { readonly last: IntakeItem; readonly resolve: () => void }[] = [];

  constructor(options: RecordIntakeOptions) {
    this.#options = options;
    this.#estimate = new RestEstimate(() => options.runtime.monotonicMillis());
    this.#resourceWait = new ResourceWait(options.runtime, () => this.schedule());
  }

  /** Some call waits for its records to be packed: who exports nevertheless does not heed answers. */
  get hasUnanswered(): boolean {
    return this.#unansweredCalls > 0;
  }

  /** No memory is left, or what waits as objects is too much: in number, or for the memory that is left. */
  get isOverfull(): boolean {
    const isTooMany = this.#waitingRecords >= MAX_WAITING_RECORDS;
    return isTooMany || this.#waitingBytes >= this.#options.freeBytes();
  }

  add(records: readonly ReadableLogRecord[], ticket: ExportTicket): void {
    const acceptedAtMillis = this.#options.runtime.monotonicMillis();
    const item: WaitingItem = {
      records,
      ticket,
      acceptedAtMillis,
      position: 0,
      acceptedCount: 0,
      isAnswered: false,
      averageBytes: 0,
      largestBytes: Number.POSITIVE_INFINITY,
    };
    this.#items.push(item);
    this.#unansweredCalls += 1;
    this.#waitingRecords += records.length;
    if (!this.#isScheduled) {
      const isSmall = records.length <= SMALL_CALL_RECORDS;
      this.#sliceEndMillis = acceptedAtMillis + (isSmall ? SMALL_CALL_MILLIS : SLICE_MILLIS);
    }
    this.schedule();
    const mustPack = this.#items.length > MAX_WAITING_CALLS;
    const endMillis = mustPack ? Number.POSITIVE_INFINITY : this.#sliceEndMillis;
    this.#pack(endMillis, { atLeastOne: false });
    if (item.isAnswered) return;
    this.#estimate.ofRest(item.records, item.position);
    // Reading the records may have called getters that took them away or had them packed.
    if (item.isAnswered) return;
    const { averageBytes, largestBytes, mayChange } = this.#estimate;
    const batchedBefore = this.#waitingRecords - this.#items.length;
    const maxAtAStretch = this.#waitingBytes < MAX_ANSWERED_BYTES ? SMALL_CALL_RECORDS : 1;
    // As the simple processor exports it: whoever logged it may change what it holds right behind the call.
    if (records.length === 1 && mayChange && batchedBefore < maxAtAStretch) {
      this.#pack(Number.POSITIVE_INFINITY, { atLeastOne: false });
      if (item.isAnswered) return;
    }
    // What was not packed at once counts as memory that is used, though nobody knows it exactly.
    item.averageBytes = averageBytes;
    item.largestBytes = largestBytes;
    this.#waitingBytes += averageBytes * (item.records.length - item.position);
    if (this.#mayAnswerEarly()) this.#answerEarly(item, this.#options.surelyFitsBytes());
  }

  #answerEarly(item: WaitingItem, surelyFitsBytes: number): boolean {
    if (item.isAnswered || item.largestBytes > surelyFitsBytes) return false;
    this.#markAnswered(item);
    const rest = item.records.length - item.position;
    this.#options.onTakenOver(item.ticket, item.acceptedCount + rest);
    return true;
  }

  /** Answers calls that had to wait for others, as soon as less waits: until then the batch processor loses records. */
  #answerRest(): void {
    if (this.#unansweredCalls === 0 || !this.#mayAnswerEarly()) return;
    const surelyFitsBytes = this.#options.surelyFitsBytes();
    let answersLeft = ANSWERS_A_SLICE;
    for (const item of this.#items) {
      if (answersLeft === 0) return;
      if (this.#answerEarly(item, surelyFitsBytes)) answersLeft -= 1;
    }
  }

  /**
   * May a call have its answer although some of its records wait for their turn?
   *
   * They are bounded and waited for like those that are packed, and the batch processor of the SDK loses
   * what comes while it waits for the answer. Not while they wait for anything else than their turn.
   */
  #mayAnswerEarly(): boolean {
    const isHeldUp = this.#heldUpRecord !== undefined || this.#resourceWait.isWaiting;
    return (
      !isHeldUp &&
      this.#waitingRecords < MAX_WAITING_RECORDS &&
      this.#waitingBytes < Math.min(this.#options.freeBytes(), MAX_ANSWERED_BYTES)
    );
  }

  /** Goes on as soon as the application had its turn. */
  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#options.runtime.defer(() => {
      this.#isScheduled = false;
      const sliceMillis = this.#items.length > BACKLOG_CALLS ? BACKLOG_SLICE_MILLIS : SLICE_MILLIS;
      this.#pack(this.#options.runtime.monotonicMillis() + sliceMillis, { atLeastOne: true });
      this.#answerRest();
      const isHeldUp = this.#isNewlyHeldUp;
      this.#isNewlyHeldUp = false;
      this.#options.onProgress({ moreIsComing: this.#isScheduled, isHeldUp });
    });
  }

  /** Resolves when all that waits now is packed or taken away. */
  whenPacked(): Promise<void> {
    const last = this.#items.at(-1);
    if (last === undefined) return Promise.resolve();
    return new Promise((resolve) => this.#emptyWaiters.push({ last, resolve }));
  }

  /**
   * Takes all that is not packed, with what is left of each call. A record that is being packed, and calls
   * this, stays: whoever packs it decides it.
   */
  takeRest(): IntakeItem[] {
    const atHand = this.#itemAtHand;
    const rest = this.#items.map((item) => (item === atHand ? cutBehindHand(item) : item));
    for (const item of this.#items) if (item !== atHand) this.#markAnswered(item);
    this.#items = atHand === undefined ? [] : [atHand];
    this.#waitingRecords = this.#items.length;
    this.#waitingBytes = 0;
    for (const waiter of this.#emptyWaiters.splice(0)) waiter.resolve();
    return rest;
  }

  /**
   * What it calls may export: the application's encoders, functions, getters, `onDrop`. Those records are
   * taken by the loop that runs, or it would begin anew with the record that it is at.
   */
  #pack(endMillis: number, options: { readonly atLeastOne: boolean }): void {
    if (this.#isPacking) return;
    this.#isPacking = true;
    try {
      this.#packUntil(endMillis, options.atLeastOne);
    } finally {
      this.#isPacking = false;
      this.#itemAtHand = undefined;
    }
  }

  #packUntil(endMillis: number, atLeastOne: boolean): void {
    const { freeBytes, runtime } = this.#options;
    let untilClock = 0;
    let nowMillis = 0;
    let mayStop = !atLeastOne;
    for (let item = this.#items[0]; item !== undefined; item = this.#items[0]) {
      if (item.position >= item.records.length) {
        this.#finish(item);
        continue;
      }
      // To store it again for each record would cost: the garbage collector hears of it.
      if (this.#itemAtHand !== item) this.#itemAtHand = item;
      // Typed as a record, but a caller without types may hand over anything.
      const record = item.records[item.position] as ReadableLogRecord;
      if (freeBytes() === 0 || this.#resourceWait.mustWait(record)) break;
      if (untilClock === 0) {
        untilClock = RECORDS_BETWEEN_CLOCKS;
        nowMillis = runtime.monotonicMillis();
        if (nowMillis >= endMillis && mayStop) {
          this.schedule();
          break;
        }
        mayStop = true;
      }
      untilClock -= 1;
      const result = this.#options.pack(record, item, nowMillis);
      if (result === 'wait') {
        this.#isNewlyHeldUp ||= record !== this.#heldUpRecord;
        this.#heldUpRecord = record;
        runtime.startTimer(() => this.schedule(), WAIT_FOR_MEMORY_MILLIS);
        break;
      }
      this.#heldUpRecord = undefined;
      item.position += 1;
      this.#waitingRecords -= 1;
      this.#waitingBytes = Math.max(0, this.#waitingBytes - item.averageBytes);
      if (result === 'packed') item.acceptedCount += 1;
    }
  }

  #finish(item: WaitingItem): void {
    this.#items.shift();
    this.#itemAtHand = undefined;
    if (!item.isAnswered) {
      this.#markAnswered(item);
      this.#options.onTakenOver(item.ticket, item.acceptedCount);
    }
    const packed = this.#emptyWaiters.filter((waiter) => waiter.last === item);
    if (packed.length === 0) return;
    this.#emptyWaiters = this.#emptyWaiters.filter((waiter) => waiter.last !== item);
    for (const waiter of packed) waiter.resolve();
  }

  #markAnswered(item: WaitingItem): void {
    if (item.isAnswered) return;
    item.isAnswered = true;
    this.#unansweredCalls -= 1;
  }
}

/** Leaves the item with its record at `position` as the last one; answers those behind it. */
function cutBehindHand(item: WaitingItem): IntakeItem {
  const records = item.records.slice(item.position + 1);
  item.records = item.records.slice(0, item.position + 1);
  return { ...item, records, position: 0 };
}
