import { systemRuntime } from '../../exporter/runtime.ts';
import { LINE_INTERVAL_MILLIS, tell } from '../../exporter/tell.ts';
import type { Clock } from '../../send/clock.ts';

const MAX_KINDS = 32;

/** Tells `diag` of what happens with every request, but not with every request. */
export class RateLimitedWarnings {
  readonly #printedMillis = new Map<string, number>();
  readonly #clock: Pick<Clock, 'monotonicMillis'>;

  /** @param clock For tests. Default: the system's. */
  constructor(clock: Pick<Clock, 'monotonicMillis'> = systemRuntime) {
    this.#clock = clock;
  }

  /** @param kind Warnings of one kind are the same. */
  warn(kind: string, message: string): void {
    const now = this.#clock.monotonicMillis();
    const printed = this.#printedMillis.get(kind);
    if (printed !== undefined && now - printed < LINE_INTERVAL_MILLIS) return;
    if (printed === undefined && this.#printedMillis.size >= MAX_KINDS) return;
    this.#printedMillis.set(kind, now);
    tell('warn', `http: ${message}`);
  }
}
