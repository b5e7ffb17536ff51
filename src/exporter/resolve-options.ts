import { resolve as resolvePath } from 'node:path';
import type { MeterProvider } from '@opentelemetry/api';
import { createEncoder } from '../encode/encoders.ts';
import type { LogRecordEncoder } from '../encode/log-record-encoder.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import type { Drop } from '../report/drop-reporter.ts';
import { MAX_TIMER_MILLIS } from '../send/clock.ts';
import type { RetryPolicy } from '../send/retry-policy.ts';
import { shownOption } from '../shown-option.ts';
import type { SpoolOptions } from '../spool/spool-options.ts';
import { choiceOption, functionOption, meterProviderOption, numberOption } from './check-option.ts';
import type { LogRecordExporterOptions } from './exporter-options.ts';
import { DEFAULT_MAX_BUFFERED_BYTES } from './kept-memory.ts';
import { compileScopeFilter } from './scope-filter.ts';

export type ResolvedSpool = Required<SpoolOptions>;

/** The options with every default filled in and checked. */
export interface ResolvedOptions {
  readonly encoder: LogRecordEncoder;
  /** The encoder was named, not given: it begins where its writer stands, and touches nothing before that. */
  readonly isBuiltInEncoder: boolean;
  /** As the encoder adds them. */
  readonly staticFields: LogRecordExporterOptions['staticFields'];
  readonly oversize: 'truncate' | 'split' | 'drop';
  readonly acknowledge: 'accepted' | 'delivered';
  readonly timeoutMillis: number;
  readonly flushTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly concurrencyLimit: number;
  readonly backlogConcurrencyLimit: number;
  readonly retry: RetryPolicy;
  readonly maxBufferedBytes: number;
  readonly maxTargets: number;
  readonly spool: ResolvedSpool | undefined;
  readonly isExcluded: (scopeName: string) => boolean;
  readonly onDrop: ((drop: Drop) => void) | undefined;
  readonly selfObsMeterProvider: MeterProvider | undefined;
}

/** @throws InvalidOptionError that names the option, the value and what is expected. */
export function resolveOptions(options: LogRecordExporterOptions): ResolvedOptions {
  if (options === null || typeof options !== 'object') {
    throw new InvalidOptionError(
      `Expected the exporter options to be an object, got ${shownOption(options)}`,
    );
  }
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
    encoder: createEncoder(options.encoding === undefined ? 'json' : options.encoding, {
      ...(options.staticFields === undefined ? {} : { staticFields: options.staticFields }),
    }),
    isBuiltInEncoder: typeof options.encoding !== 'object',
    staticFields: options.staticFields,
    oversize: choiceOption('oversize', options.oversize, ['truncate', 'split', 'drop'], 'truncate'),
    acknowledge,
    timeoutMillis: millis('timeoutMillis', options.timeoutMillis, defaultTimeoutMillis),
    flushTimeoutMillis: millis('flushTimeoutMillis', options.flushTimeoutMillis, 25_000),
    shutdownTimeoutMillis: millis('shutdownTimeoutMillis', options.shutdownTimeoutMillis, 10_000),
    ...resolveConcurrency(options.concurrencyLimit),
    retry: resolveRetry(options.retry),
    maxBufferedBytes: numberOption(
      'maxBufferedBytes',
      options.maxBufferedBytes,
      DEFAULT_MAX_BUFFERED_BYTES,
      {
        min: 1,
      },
    ),
    maxTargets: numberOption('maxTargets', options.maxTargets, 64, { min: 1 }),
    spool: resolveSpool(options.spool),
    isExcluded: compileScopeFilter(options.excludeScopes),
    onDrop: functionOption('onDrop', options.onDrop),
    selfObsMeterProvider: meterProviderOption('selfObsMeterProvider', options.selfObsMeterProvider),
  };
}

/**
 * A limit that was asked for is one. Ours grows where it would only cap the rate, as with a far service: with
 * the half of it that is kept for other targets, four times as many are in flight at most.
 */
function resolveConcurrency(
  given: unknown,
): Pick<ResolvedOptions, 'concurrencyLimit' | 'backlogConcurrencyLimit'> {
  const concurrencyLimit = numberOption('concurrencyLimit', given, 8, { min: 1 });
  return {
    concurrencyLimit,
    backlogConcurrencyLimit: given === undefined ? 3.5 * concurrencyLimit : concurrencyLimit,
  };
}

function resolveRetry(retry: Partial<RetryPolicy> = {}): RetryPolicy {
  if (retry === null || typeof retry !== 'object') {
    throw new InvalidOptionError(
      `Expected \`retry\` to be an object with \`initialBackoffMillis\` and its like, got ${shownOption(retry)}`,
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

/** Half a gigabyte: hours of an outage for most applications, and little for a disk. */
const DEFAULT_SPOOL_BYTES = 512 * 1024 * 1024;
const DEFAULT_SPOOL_AGE_MILLIS = 7 * 24 * 60 * 60 * 1000;

function resolveSpool(spool: LogRecordExporterOptions['spool']): ResolvedSpool | undefined {
  if (spool === undefined) return undefined;
  if (spool === null || typeof spool !== 'object') {
    throw new InvalidOptionError(
      `Expected \`spool\` to be an object with \`directory\`, got ${shownOption(spool)}`,
    );
  }
  const { directory } = spool;
  if (typeof directory !== 'string' || directory === '' || directory.includes('\0')) {
    throw new InvalidOptionError(
      `Expected \`spool.directory\` to be the path of a folder, got ${shownOption(directory)}`,
    );
  }
  const atLeastOne = (name: string, value: unknown, defaultValue: number): number =>
    numberOption(name, value, defaultValue, { min: 1 });
  return {
    directory: resolvePath(directory),
    maxBytes: atLeastOne('spool.maxBytes', spool.maxBytes, DEFAULT_SPOOL_BYTES),
    maxAgeMillis: atLeastOne('spool.maxAgeMillis', spool.maxAgeMillis, DEFAULT_SPOOL_AGE_MILLIS),
  };
}
