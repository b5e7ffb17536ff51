import { randomBytes } from 'node:crypto';
import type { RecordSequence } from '../encode/log-record-encoder.ts';

/** Numbers the records of one target, so that who reads them sees which are missing. */
export class RecordCounter {
  readonly #id = randomBytes(6).toString('hex');
  #number = 0;

  next(): RecordSequence {
    this.#number += 1;
    return { id: this.#id, number: this.#number };
  }
}
