import { diag } from '@opentelemetry/api';

/** Tells once that a queue is missing, and once that it is there again. */
export class MissingQueues {
  readonly #missing = new Set<string>();

  missing(queue: string): void {
    if (this.#missing.has(queue)) return;
    this.#missing.add(queue);
    diag.warn(
      `[collectorless] sqs: the queue ${queue} does not exist; its log records wait for it`,
    );
  }

  found(queue: string): void {
    if (this.#missing.delete(queue)) diag.info(`[collectorless] sqs: the queue ${queue} is there`);
  }

  forget(queue: string): void {
    this.#missing.delete(queue);
  }
}
