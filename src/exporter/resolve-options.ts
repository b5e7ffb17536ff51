import type { MeterProvider } from '@opentelemetry/api';
import { createEncoder } from '../encode/encoders.ts';
import type { LogRecordEncoder } from '../encode/log-record-encoder.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import type { Drop } from '../report/drop-reporter.ts';
import type { RetryPolicy } from '../send/retry-policy.ts';
import { choiceOption, functionOption, numberOption } from './check-option.ts';
import type { LogRecordExporterOptions } from './exporter-options.ts';
import { compileScopeFilter } from './scope-filter.ts';

/** The options with every default filled in and checked. */
export interface ResolvedOptions {
  readonly encoder: LogRecordEncoder;
  readonly oversize: 'truncate' | 'split' | 'drop';
  readonly acknowledge: 'accepted' | 'delivered';
  readonly timeoutMillis: number;
  readonly flushTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly concurrencyLimit: number;
  readonly retry: RetryPolicy;
  readonly maxBufferedBytes: number;
  readonly maxTargets: number;
  readonly isExcluded: (scopeName: string) => boolean;
  readonly onDrop: ((drop: Drop) => void) | undefined;
  readonly selfObsMeterProvider: MeterProvider | undefined;
}

/** The longest wait of a Node.js timer; a longer one would fire at once. */
const MAX_TIMER_MILLIS = 2_147_483_647;

/** @throws InvalidOptionError that names the option, the value and what is expected. */
export function resolveOptions(options: LogRecordExporterOptions): ResolvedOptions {
  if (options === null || typeof options !== 'object') {
    throw new InvalidOptionError('Expected the exporter options to be an object');
  }
  refuseSpool(options);
  const acknowledge = choiceOption(
    'acknowledge',
    options.acknowledge,
    ['accepted', 'delivered'],
    'accepted',
  );
  const millis = (name: string, value: unknown, defaultMillis: number): number =>
    numberOption(name, value, defaultMillis, { min: 1, max: MAX_TIMER_MILLIS, integer: false });
  const defaultTimeoutMillis = acknowledge === 'delivered' ? 25_000 : 300_000;
  return {
    encoder: createEncoder(options.encoding ?? 'json', {
      ...(options.staticFields === undefined ? {} : { staticFields: options.staticFields }),
    }),
    oversize: choiceOption('oversize', options.oversize, ['truncate', 'split', 'drop'], 'truncate'),
    acknowledge,
    timeoutMillis: millis('timeoutMillis', options.timeoutMillis, defaultTimeoutMillis),
    flushTimeoutMillis: millis('flushTimeoutMillis', options.flushTimeoutMillis, 25_000),
    shutdownTimeoutMillis: millis('shutdownTimeoutMillis', options.shutdownTimeoutMillis, 10_000),
    concurrencyLimit: numberOption('concurrencyLimit', options.concurrencyLimit, 8, { min: 1 }),
    retry: resolveRetry(options.retry ?? {}),
    maxBufferedBytes: numberOption('maxBufferedBytes', options.maxBufferedBytes, 64 * 1024 * 1024, {
      min: 1,
    }),
    maxTargets: numberOption('maxTargets', options.maxTargets, 64, { min: 1 }),
    isExcluded: compileScopeFilter(options.excludeScopes),
    onDrop: functionOption('onDrop', options.onDrop),
    selfObsMeterProvider: options.selfObsMeterProvider,
  };
}

function resolveRetry(retry: Partial<RetryPolicy>): RetryPolicy {
  if (typeof retry !== 'object') {
    throw new InvalidOptionError(
      'Expected `retry` to be an object with `initialBackoffMillis` and its like',
    );
  }
  const bounds = { min: 0, max: MAX_TIMER_MILLIS, integer: false };
  return {
    initialBackoffMillis: numberOption(
      'retry.initialBackoffMillis',
      retry.initialBackoffMillis,
      200,
      bounds,
    ),
    maxBackoffMillis: numberOption(
      'retry.maxBackoffMillis',
      retry.maxBackoffMillis,
      10_000,
      bounds,
    ),
    backoffMultiplier: numberOption('retry.backoffMultiplier', retry.backoffMultiplier, 2, {
      min: 1,
      max: 100,
      integer: false,
    }),
  };
}

/** An option that is silently ignored would promise a safety that is not there. */
function refuseSpool(options: object): void {
  if ('spool' in options && options.spool !== undefined) {
    throw new InvalidOptionError(
      'The `spool` option is not available in this version: leave it out to buffer in memory',
    );
  }
}
