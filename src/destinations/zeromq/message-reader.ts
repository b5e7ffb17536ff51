import { approximateBytes } from '../../decode/approximate-bytes.ts';
import type { DecodedLogRecord } from '../../decode/index.ts';
import { type Joined, PartJoiner } from '../../decode/part-joiner.ts';
import { type DecodeBodyOptions, decodeBody } from './decode-message.ts';
import type { ProblemReporter } from './problem-reporter.ts';
import { SequenceGaps } from './sequence-gaps.ts';
import type { ReceivedLog, ReceiverStats, SequenceGap } from './zeromq-log-receiver-options.ts';

/** Parts that wait for their siblings hold so much at most: a record may be split because it is larger than a message. */
const MIN_PENDING_BYTES = 67_108_864;
const PENDING_MESSAGES = 4;

export interface MessageReaderParts extends DecodeBodyOptions {
  readonly problems: ProblemReporter;
  readonly onGap: ((gap: SequenceGap) => unknown) | undefined;
}

/** Takes messages apart into records; tells of what is damaged or missing. */
export class MessageReader {
  readonly #parts: MessageReaderParts;
  readonly #gaps = new SequenceGaps();
  /** The parts of a split record come in messages of their own. */
  readonly #joiner: PartJoiner;
  readonly #stats = { messages: 0, records: 0, damaged: 0, missing: 0 };

  constructor(parts: MessageReaderParts) {
    this.#parts = parts;
    this.#joiner = new PartJoiner(Math.max(MIN_PENDING_BYTES, PENDING_MESSAGES * parts.maxBytes));
  }

  get stats(): Omit<ReceiverStats, 'handlerErrors'> {
    return { ...this.#stats };
  }

  *read(frames: readonly Buffer[]): Generator<ReceivedLog, void, undefined> {
    const receivedAtMillis = Date.now();
    const topic = frames.length > 1 ? String(frames[0]) : '';
    const bodies = frames.length > 1 ? frames.slice(1) : frames;
    this.#stats.messages += 1;
    for (const body of bodies) {
      const { errors, records, unjoinable } = decodeBody(topic, body, this.#parts);
      if (errors.length > 0) this.#stats.damaged += 1;
      for (const error of errors) {
        this.#parts.problems.report({ kind: 'damaged', error, topic, body });
      }
      for (const piece of records) {
        this.#lookForGap(topic, piece);
        const bytes = piece.part === undefined ? 0 : approximateBytes(piece);
        const joined = unjoinable.has(piece)
          ? [{ records: [piece] }]
          : this.#joiner.add(piece, 0, bytes);
        for (const record of this.#whole(topic, joined)) {
          yield { topic, record, receivedAtMillis };
        }
      }
    }
  }

  /** The parts whose siblings never came, as they are. */
  *end(): Generator<ReceivedLog, void, undefined> {
    const receivedAtMillis = Date.now();
    for (const record of this.#whole('', this.#joiner.end())) {
      yield { topic: '', record, receivedAtMillis };
    }
  }

  #whole(topic: string, joined: readonly Joined[]): DecodedLogRecord[] {
    return joined.flatMap(({ error, records }) => {
      if (error !== undefined) {
        this.#stats.damaged += 1;
        this.#parts.problems.report({ kind: 'damaged', error, topic });
      }
      this.#stats.records += records.length;
      return records;
    });
  }

  #lookForGap(topic: string, record: DecodedLogRecord): void {
    const gap = this.#gaps.check(topic, record);
    if (gap === undefined) return;
    this.#stats.missing += gap.lastMissing - gap.firstMissing + 1;
    this.#parts.problems.guard(() => this.#parts.onGap?.(gap));
  }
}
