import type { SequenceGap } from './zeromq-log-receiver-options.ts';

export interface RecordNumber {
  readonly id: string;
  readonly number: number;
}

/** Senders that are remembered; who was silent for longest is forgotten and begins anew. */
const MAX_SENDERS = 1024;

/** Finds the numbers that a sender's records leave out. */
export class SequenceGaps {
  readonly #last = new Map<string, number>();

  /** The gap before this record, if there is one. A receiver that comes late begins with what it gets. */
  check(topic: string, { id, number }: RecordNumber): SequenceGap | undefined {
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

/** The number that a decoded record carries. */
export function numberOf(record: unknown): RecordNumber | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  if ('sequence' in record) return checkedNumber(record.sequence);
  if (!('attributes' in record)) return undefined;
  const { attributes } = record;
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  return checkedNumber({
    id: Reflect.get(attributes, 'collectorless.sequence.id'),
    number: Reflect.get(attributes, 'collectorless.sequence.number'),
  });
}

function checkedNumber(sequence: unknown): RecordNumber | undefined {
  if (typeof sequence !== 'object' || sequence === null) return undefined;
  if (!('id' in sequence) || !('number' in sequence)) return undefined;
  const { id } = sequence;
  const number = Number(sequence.number);
  if (typeof id !== 'string' || !Number.isSafeInteger(number) || number < 1) return undefined;
  return { id, number };
}
