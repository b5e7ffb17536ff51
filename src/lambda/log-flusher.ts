import { describeError } from '../describe-error.ts';
import type { AbandonedRecords } from '../exporter/abandoned-records.ts';
import { within } from '../exporter/within.ts';
import { liveProcessors } from '../processor/live-processors.ts';
import { countedRecords } from '../report/counted-records.ts';
import { tell } from '../report/tell.ts';
import { remainderLines } from '../setup/exit-guard/remainder-lines.ts';
import { fitLine } from './fit-line.ts';
import { globalLoggerProvider } from './global-logger-provider.ts';
import { type LambdaContext, remainingMillis } from './lambda-context.ts';
import type { LambdaSurroundings } from './lambda-surroundings.ts';
import type { Flushable, ResolvedLogFlushOptions } from './log-flush-options.ts';
import { takeUndelivered, watchDelivery } from './undelivered.ts';

/** A line takes microseconds: even a handler that used up all its time leaves some hundreds of them. */
const MIN_WRITE_MILLIS = 10;

/** Delivers the logs at the end of an invocation, or writes them where CloudWatch keeps them. */
export class LogFlusher {
  readonly #options: ResolvedLogFlushOptions;
  readonly #surroundings: LambdaSurroundings;

  constructor(options: ResolvedLogFlushOptions, surroundings: LambdaSurroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
  }

  /** Never rejects, and leaves nothing under way that would wake up in another invocation. */
  async finish(context: LambdaContext | undefined): Promise<void> {
    try {
      const holders = this.#options.flush ?? liveProcessors();
      const isUndelivered = watchDelivery(holders);
      const isInTime = await this.#flushInTime(holders, context);
      if (isInTime && !isUndelivered()) return;
      // There, other invocations go on, and so does the delivery.
      if (this.#surroundings.isConcurrent()) return;
      this.#write(holders.flatMap(takeUndelivered), context);
    } catch (thrown) {
      // What a processor of another make throws must not change the handler's answer.
      tell('error', `lambda: ${describeError(thrown)}`);
    }
  }

  async #flushInTime(
    holders: readonly Flushable[],
    context: LambdaContext | undefined,
  ): Promise<boolean> {
    const { flush, flushTimeoutMillis, reserveMillis } = this.#options;
    const budgetMillis = Math.min(flushTimeoutMillis, remainingMillis(context) - reserveMillis);
    if (budgetMillis <= 0) return false;
    const flushed =
      flush === undefined
        ? Promise.all([...holders.map(flushQuietly), flushGlobalProvider()])
        : flushInOrder(flush);
    return within(budgetMillis, flushed, this.#surroundings.runtime);
  }

  #write(remainders: readonly AbandonedRecords[], context: LambdaContext | undefined): void {
    const { runtime, writeLine } = this.#surroundings;
    const endMillis = runtime.monotonicMillis() + this.#writeMillis(context);
    let written = 0;
    for (const remainder of remainders) {
      for (const line of remainderLines(remainder)) {
        if (runtime.monotonicMillis() >= endMillis) {
          tellCutOff(remainders, written);
          return;
        }
        for (const piece of fitLine(line)) writeLine(piece);
        written += 1;
      }
    }
  }

  /** The last quarter of the reserve, or half of a shorter rest, is the runtime's, for the answer. */
  #writeMillis(context: LambdaContext | undefined): number {
    const leftMillis = remainingMillis(context);
    const { reserveMillis } = this.#options;
    return Math.max(leftMillis - reserveMillis / 4, leftMillis / 2, MIN_WRITE_MILLIS);
  }
}

function tellCutOff(remainders: readonly AbandonedRecords[], written: number): void {
  let count = -written;
  for (const { entries, records } of remainders) count += entries.length + records.length;
  // Of aggregated records, an entry makes several lines.
  const left = Math.max(1, count);
  tell(
    'warn',
    `lambda: no time is left to write ${countedRecords(left, 'undelivered log record')} to stdout`,
  );
}

/** What a provider hands over, its exporter delivers. */
async function flushInOrder(items: readonly Flushable[]): Promise<void> {
  for (const item of items) await flushQuietly(item);
}

async function flushGlobalProvider(): Promise<void> {
  const provider = await globalLoggerProvider();
  if (provider !== undefined) await flushQuietly(provider);
}

async function flushQuietly(item: Flushable): Promise<void> {
  try {
    await item.forceFlush();
  } catch (thrown) {
    tell('error', `lambda: ${describeError(thrown)}`);
  }
}
