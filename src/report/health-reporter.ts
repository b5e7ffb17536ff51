import { describeError } from '../describe-error.ts';
import { LINE_INTERVAL_MILLIS } from './line-interval.ts';

export interface HealthReporterOptions {
  /** The exporter's name, at the head of each line. */
  readonly name: string;
  /** Never throws. */
  readonly warn: (message: string) => void;
  readonly monotonicMillis: () => number;
}

/** Targets that are remembered; with more, one of them may be told of once too often. */
const MAX_TARGETS = 256;

/** One line when a target begins to fail, long before a record is lost by it, and one when it is back. */
export class HealthReporter {
  readonly #options: HealthReporterOptions;
  readonly #targets = new Map<string, { toldMillis: number; isToldOf: boolean }>();

  constructor(options: HealthReporterOptions) {
    this.#options = options;
  }

  troubled(target: string, error: Error): void {
    const now = this.#options.monotonicMillis();
    const known = this.#targets.get(target);
    // It may fail and recover in turns.
    if (known !== undefined && now - known.toldMillis < LINE_INTERVAL_MILLIS) return;
    if (this.#targets.size >= MAX_TARGETS) this.#targets.clear();
    this.#targets.set(target, { toldMillis: now, isToldOf: true });
    this.#warn(`${target} fails, its log records wait and are sent again: ${describeError(error)}`);
  }

  recovered(target: string): void {
    const known = this.#targets.get(target);
    if (known?.isToldOf !== true) return;
    known.isToldOf = false;
    this.#warn(`${target} answers again`);
  }

  #warn(message: string): void {
    this.#options.warn(`${this.#options.name}: ${message}`);
  }
}
