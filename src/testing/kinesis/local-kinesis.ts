import { createHash } from 'node:crypto';
import { type Decoder, decodeJsonLines, linesOf } from '../decode-json-lines.ts';
import { dropFirst } from '../drop-first.ts';
import { kinesisLimits } from './kinesis-limits.ts';

/** A record as a data stream got it. */
export interface KinesisRecord {
  readonly streamName: string;
  readonly partitionKey: string;
  /** From 0, by the hash of the key. */
  readonly shard: number;
  readonly data: Buffer;
  readonly arrivedAtMillis: number;
}

/** What there is at the local Kinesis Data Streams before the first call. */
export interface LocalKinesisOptions {
  /** The data streams there are. Default: every name exists. */
  readonly streams?: readonly string[];
  /** The maximum record size of all streams, 1,048,576 to 10,485,760 bytes. Default 1,048,576. */
  readonly maxRecordBytes?: number;
  /** Default 4. */
  readonly shardCount?: number;
  /** False counts what arrives and forgets it, for long runs. Default true. */
  readonly keepRecords?: boolean;
}

/** What arrived at the local Kinesis Data Streams. */
export class LocalKinesis {
  /** In the order of arrival. */
  readonly records: KinesisRecord[] = [];
  /** All there ever were, kept or not. */
  recordCount = 0;
  /** Bytes of their data and keys, before base64. */
  byteCount = 0;
  readonly maxRecordBytes: number;
  readonly #shardCount: number;
  readonly #declared: Set<string> | undefined;
  readonly #deleted: Set<string> = new Set();
  readonly #keep: boolean;
  readonly #decode: Decoder;

  constructor(options: LocalKinesisOptions = {}, decode: Decoder = decodeJsonLines) {
    this.#decode = decode;
    this.#declared = options.streams === undefined ? undefined : new Set(options.streams);
    this.maxRecordBytes = options.maxRecordBytes ?? kinesisLimits.defaultMaxRecordBytes;
    this.#shardCount = options.shardCount ?? 4;
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
  }

  /** Forgets the records that arrived before this time; their counts stay. */
  forgetBefore(millis: number): void {
    dropFirst(this.records, ({ arrivedAtMillis }) => arrivedAtMillis < millis);
  }

  /** Of the shards, which have equal parts of the hash keys, that of a partition key, or of a hash key in its place. */
  shardOf(partitionKey: string, explicitHashKey?: string): number {
    const ofKey = (): number => createHash('md5').update(partitionKey).digest().readUInt32BE(0);
    const hash = explicitHashKey === undefined ? ofKey() : Number(BigInt(explicitHashKey) >> 96n);
    return Math.floor((hash / 2 ** 32) * this.#shardCount);
  }

  /** Takes a record in, as the service does after its checks. */
  store(record: KinesisRecord): void {
    this.recordCount += 1;
    this.byteCount += record.data.length + Buffer.byteLength(record.partitionKey);
    if (this.#keep) this.records.push(record);
  }
}
