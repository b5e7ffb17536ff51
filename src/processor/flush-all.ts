import { checkOptionsObject, numberOption } from '../exporter/check-option.ts';
import { MAX_TIMER_MILLIS, type Runtime, systemRuntime } from '../exporter/runtime.ts';
import { tellUnknownNames } from '../exporter/tell-unknown-names.ts';
import { within } from '../exporter/within.ts';
import { liveProcessors } from './live-processors.ts';

/** How long a flush of everything may take. */
export interface FlushAllOptions {
  /**
   * The longest wait, in milliseconds, 1 to 2,147,483,647. What is not delivered by then stays on its
   * way.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number;
}

/**
 * Flushes every processor of `createBatchProcessor` in this process, and the exporters behind them, from any
 * place in the code. Answers false when the time ran out. Never rejects.
 *
 * @param runtime Clock and timers, for tests. Default: the system's.
 * @throws InvalidOptionError at once, for an option that is wrong.
 */
export function flushAll(
  options: FlushAllOptions = {},
  runtime: Runtime = systemRuntime,
): Promise<boolean> {
  checkOptionsObject(options, '');
  const timeoutMillis = numberOption('timeoutMillis', options.timeoutMillis, 30_000, {
    min: 1,
    max: MAX_TIMER_MILLIS,
    integer: false,
  });
  tellUnknownNames('flushAll', options, ['timeoutMillis']);
  const flushes = liveProcessors().map((processor) => processor.forceFlush());
  return within(timeoutMillis, Promise.all(flushes), runtime);
}
