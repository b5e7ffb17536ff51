import { checkOptionsObject, functionOption, numberOption } from '../exporter/check-option.ts';
import { tellUnknownNames } from '../exporter/tell-unknown-names.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { shownOption } from '../shown-option.ts';

/** A logger provider, a log record processor or an exporter. */
export interface Flushable {
  forceFlush(): Promise<unknown>;
}

/** The options of `withLogFlush`. */
export interface LogFlushOptions {
  /**
   * Time at the end of the invocation that is kept back, in milliseconds, 0 to 900000: in it, what could not be
   * delivered is written to stdout, and the runtime hands over the handler's answer.
   * @defaultValue 200
   */
  readonly reserveMillis?: number;
  /**
   * The longest wait for delivery after the handler has ended, in milliseconds, 1 to 900000, however much time is
   * left. It bounds what an outage of the destination adds to each invocation, and to its bill.
   * @defaultValue 5000
   */
  readonly flushTimeoutMillis?: number;
  /**
   * What is flushed, one after the other. Default: every processor of `createBatchProcessor` with its exporter,
   * and the global logger provider.
   */
  readonly flush?: readonly Flushable[];
}

/** The options with every default filled in and checked. */
export interface ResolvedLogFlushOptions {
  readonly reserveMillis: number;
  readonly flushTimeoutMillis: number;
  readonly flush: readonly Flushable[] | undefined;
}

/** The compiler asks for each option there is. */
const OPTIONS: Readonly<Record<keyof LogFlushOptions, true>> = {
  reserveMillis: true,
  flushTimeoutMillis: true,
  flush: true,
};

/** An invocation lasts at most 15 minutes (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const MAX_INVOCATION_MILLIS = 900_000;

/** @throws InvalidOptionError that names the option, the value and what is expected. */
export function resolveLogFlushOptions(options: LogFlushOptions): ResolvedLogFlushOptions {
  checkOptionsObject(options, '');
  tellUnknownNames('withLogFlush', options, Object.keys(OPTIONS));
  const bounds = { max: MAX_INVOCATION_MILLIS, integer: false };
  return {
    reserveMillis: numberOption('reserveMillis', options.reserveMillis, 200, { min: 0, ...bounds }),
    flushTimeoutMillis: numberOption('flushTimeoutMillis', options.flushTimeoutMillis, 5000, {
      min: 1,
      ...bounds,
    }),
    flush: flushOption(options.flush),
  };
}

function flushOption(flush: LogFlushOptions['flush']): readonly Flushable[] | undefined {
  if (flush === undefined) return undefined;
  if (!Array.isArray(flush)) {
    throw new InvalidOptionError(
      `Expected \`flush\` to be an array of what has a \`forceFlush\`, got ${shownOption(flush)}`,
    );
  }
  flush.forEach((item: Partial<Flushable> | null, index) => {
    if (functionOption(`flush[${index}].forceFlush`, item?.forceFlush) !== undefined) return;
    throw new InvalidOptionError(
      `Expected \`flush[${index}]\` to have a method \`forceFlush\`, got ${shownOption(item)}`,
    );
  });
  return [...flush];
}
