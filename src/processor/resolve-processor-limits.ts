import { checkOptionsObject, numberOption } from '../exporter/check-option.ts';
import { MAX_TIMER_MILLIS } from '../exporter/runtime.ts';
import type { BatchProcessorOptions } from './batch-processor-options.ts';

/** The numbers of the batch processor, each filled in and checked. */
export interface ProcessorLimits {
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
  readonly exportTimeoutMillis: number;
}

interface LimitRule {
  readonly variable: string;
  readonly defaultValue: number;
  readonly min: number;
  readonly max: number;
}

/** Variables: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
const RULES: Readonly<Record<keyof ProcessorLimits, LimitRule>> = {
  maxQueueSize: {
    variable: 'OTEL_BLRP_MAX_QUEUE_SIZE',
    defaultValue: 16_384,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
  },
  maxExportBatchSize: {
    variable: 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
    defaultValue: 512,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
  },
  scheduledDelayMillis: {
    variable: 'OTEL_BLRP_SCHEDULE_DELAY',
    defaultValue: 1000,
    min: 0,
    max: MAX_TIMER_MILLIS,
  },
  exportTimeoutMillis: {
    variable: 'OTEL_BLRP_EXPORT_TIMEOUT',
    defaultValue: 30_000,
    min: 1,
    max: MAX_TIMER_MILLIS,
  },
};

export interface LimitSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly warn: (message: string) => void;
}

/**
 * Code beats environment beats default. A wrong variable is told of and ignored; a batch larger than the queue
 * is told of and cut to it.
 * @throws InvalidOptionError for a wrong value in code.
 */
export function resolveProcessorLimits(
  options: BatchProcessorOptions,
  sources: LimitSources,
): ProcessorLimits {
  checkOptionsObject(options, '');
  const limit = (name: keyof ProcessorLimits): number => {
    const value = numberOption(name, options[name], Number.NaN, RULES[name]);
    return Number.isNaN(value) ? fromEnvironment(RULES[name], sources) : value;
  };
  const maxQueueSize = limit('maxQueueSize');
  const maxExportBatchSize = limit('maxExportBatchSize');
  if (maxExportBatchSize > maxQueueSize) {
    sources.warn(
      `batch processor: maxExportBatchSize (${maxExportBatchSize}) is larger than maxQueueSize ` +
        `(${maxQueueSize}), which is used for both`,
    );
  }
  return {
    maxQueueSize,
    maxExportBatchSize: Math.min(maxExportBatchSize, maxQueueSize),
    scheduledDelayMillis: limit('scheduledDelayMillis'),
    exportTimeoutMillis: limit('exportTimeoutMillis'),
  };
}

/** An empty variable is an unset one, as the specification has it. */
function fromEnvironment(
  { variable, defaultValue, min, max }: LimitRule,
  { environment, warn }: LimitSources,
): number {
  const text = environment[variable]?.trim() ?? '';
  if (text === '') return defaultValue;
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  warn(
    `${variable} is \`${text.slice(0, 100)}\`, expected a whole number from ${min} to ${max}; ` +
      `${defaultValue} is used`,
  );
  return defaultValue;
}
