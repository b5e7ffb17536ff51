import { type Decoder, decodeJsonLines, linesOf } from '../decode-json-lines.ts';
import { dropFirst } from '../drop-first.ts';
import { firehoseLimits } from './firehose-limits.ts';

/** A record as Firehose got it. */
export interface FirehoseRecord {
  readonly deliveryStreamName: string;
  readonly data: Buffer;
  readonly arrivedAtMillis: number;
}

/** What there is at the local Firehose before the first call. */
export interface LocalFirehoseOptions {
  /** The delivery streams there are. Default: every name exists. */
  readonly deliveryStreams?: readonly string[];
  /** False counts what arrives and forgets it, for long runs. Default true. */
  readonly keepRecords?: boolean;
}

/** What arrived at the local Firehose. */
export class LocalFirehose {
  /** In the order of arrival. */
  readonly records: FirehoseRecord[] = [];
  /** All there ever were, kept or not. */
  recordCount = 0;
  /** Bytes of their data, before base64. */
  byteCount = 0;
  /** The same as Firehose bills it: each record rounded up to 5 KB. */
  billedBytes = 0;
  readonly #declared: Set<string> | undefined;
  readonly #deleted: Set<string> = new Set();
  readonly #keep: boolean;
  readonly #decode: Decoder;

  constructor(options: LocalFirehoseOptions = {}, decode: Decoder = decodeJsonLines) {
    this.#decode = decode;
    this.#declared =
      options.deliveryStreams === undefined ? undefined : new Set(options.deliveryStreams);
    this.#keep = options.keepRecords ?? true;
  }

  /** The lines of all records together. */
  get lines(): string[] {
    return this.records.flatMap(({ data }) => linesOf(data));
  }

  /** What the records hold, by the option `decode`. */
  get decoded(): unknown[] {
    return this.records.flatMap(({ data }) => this.#decode(data));
  }

  /** Records with more lines than Firehose takes apart: accepted, but processed as one blob. */
  get recordsNotTakenApart(): FirehoseRecord[] {
    return this.records.filter(
      ({ data }) => linesOf(data).length > firehoseLimits.maxLinesToTakeApart,
    );
  }

  hasStream(name: string): boolean {
    if (this.#deleted.has(name)) return false;
    return this.#declared === undefined || this.#declared.has(name);
  }

  createStream(name: string): void {
    this.#deleted.delete(name);
    this.#declared?.add(name);
  }

  deleteStream(name: string): void {
    this.#deleted.add(name);
  }

  /** Forgets the records, not the streams. */
  clear(): void {
    this.records.length = 0;
    this.recordCount = 0;
    this.byteCount = 0;
    this.billedBytes = 0;
  }

  /** Forgets the records that arrived before this time; their counts stay. */
  forgetBefore(millis: number): void {
    dropFirst(this.records, ({ arrivedAtMillis }) => arrivedAtMillis < millis);
  }

  /** Takes a record in, as the service does after its checks. */
  store(deliveryStreamName: string, data: Buffer, arrivedAtMillis: number): void {
    const step = firehoseLimits.billingStepBytes;
    this.recordCount += 1;
    this.byteCount += data.length;
    this.billedBytes += Math.ceil(data.length / step) * step;
    if (this.#keep) this.records.push({ deliveryStreamName, data, arrivedAtMillis });
  }
}
