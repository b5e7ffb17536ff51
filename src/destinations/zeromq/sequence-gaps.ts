import type { DecodedLogRecord } from '../../decode/index.ts';
import type { SequenceGap } from './zeromq-log-receiver-options.ts';

/** Senders that are remembered; who was silent for longest is forgotten and begins anew. */
const MAX_SENDERS = 1024;
/** A name that is longer is none of ours, and would take memory. */
const MAX_NAME_LENGTH = 512;

/** Finds the numbers that a sender's records leave out. */
export class SequenceGaps {
  readonly #last = new Map<string, number>();

  /** The gap before this record, if there is one. A receiver that comes late begins with what it gets. */
  check(topic: string, { sequence }: DecodedLogRecord): SequenceGap | undefined {
    if (sequence === undefined || !Number.isSafeInteger(sequence.number)) return undefined;
    const { id, number } = sequence;
    if (id.length + topic.length > MAX_NAME_LENGTH) return undefined;
    const key = JSON.stringify([id, topic]);
    const last = this.#last.get(key);
    this.#last.delete(key);
    this.#last.set(key, Math.max(number, last ?? number));
    if (this.#last.size > MAX_SENDERS) this.#forgetOldest();
    // The parts of a split record share their number.
    if (last === undefined || number <= last + 1) return undefined;
    return { id, topic, firstMissing: last + 1, lastMissing: number - 1 };
  }

  #forgetOldest(): void {
    for (const oldest of this.#last.keys()) {
      this.#last.delete(oldest);
      return;
    }
  }
}
