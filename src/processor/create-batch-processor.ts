import {
  BatchLogRecordProcessor,
  type LogRecordExporter,
  type LogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { functionOption, meterProviderOption } from '../exporter/check-option.ts';
import { type Runtime, systemRuntime } from '../exporter/runtime.ts';
import { tellUnknownNames } from '../exporter/tell-unknown-names.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { shownOption } from '../shown-option.ts';
import type { BatchProcessor } from './batch-processor.ts';
import type { BatchProcessorOptions } from './batch-processor-options.ts';
import { CountingBatchProcessor } from './counting-batch-processor.ts';
import { QueueLosses } from './queue-losses.ts';
import { resolveProcessorLimits } from './resolve-processor-limits.ts';
import { warnOnce } from './warn-once.ts';

/** The compiler asks for each option there is. */
const OPTIONS: Readonly<Record<keyof BatchProcessorOptions, true>> = {
  maxQueueSize: true,
  maxExportBatchSize: true,
  scheduledDelayMillis: true,
  exportTimeoutMillis: true,
  onDrop: true,
  selfObsMeterProvider: true,
};

/**
 * Creates the installed SDK's `BatchLogRecordProcessor` for an exporter, with a queue that fits it, and counts
 * the records that would be lost unseen in it.
 *
 * @param runtime Clock and timers, for tests. Default: the system's.
 * @throws InvalidOptionError for an option that is wrong. A wrong environment variable is told of and ignored.
 */
export function createBatchProcessor(
  exporter: LogRecordExporter,
  options: BatchProcessorOptions = {},
  runtime: Runtime = systemRuntime,
): BatchProcessor {
  if (typeof exporter?.export !== 'function') {
    throw new InvalidOptionError(
      `Expected the first argument to be a log record exporter, got ${shownOption(exporter)}`,
    );
  }
  const limits = resolveProcessorLimits(options, {
    environment: process.env,
    warn: warnOnce,
  });
  tellUnknownNames('createBatchProcessor', options, Object.keys(OPTIONS));
  return new CountingBatchProcessor({
    exporter,
    createProcessor: (counted) => createRealProcessor(counted, { ...options, ...limits }),
    maxQueueSize: limits.maxQueueSize,
    losses: new QueueLosses({
      runtime,
      onDrop: functionOption('onDrop', options.onDrop),
      meterProvider: meterProviderOption('selfObsMeterProvider', options.selfObsMeterProvider),
      maxQueueSize: limits.maxQueueSize,
    }),
    runtime,
  });
}

/**
 * Since 0.220 the constructor takes `{ exporter, …options }`, before that it took `(exporter, options)`. What
 * is both an exporter and these options serves either, and needs no look at version numbers.
 */
function createRealProcessor(
  exporter: LogRecordExporter,
  options: BatchProcessorOptions,
): LogRecordProcessor {
  const both = { ...options, ...exporter, exporter };
  return Reflect.construct(BatchLogRecordProcessor, [both, options]);
}
