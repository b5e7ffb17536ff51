import { type Context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchLogRecordProcessor,
  type BatchLogRecordProcessorOptions,
  LoggerProvider,
  type LogRecordExporter,
} from '@opentelemetry/sdk-logs';
import { attributesOf, bodyOf, RESOURCE_ATTRIBUTES } from './load.ts';
import type { Subject } from './subject.ts';

export type ProcessorLimits = Omit<BatchLogRecordProcessorOptions, 'exporter'>;

/** What the processor takes to lose nothing at 50,000 records a second and an export at a time. */
export const TUNED: ProcessorLimits = {
  maxExportBatchSize: 4096,
  maxQueueSize: 65_536,
  scheduledDelayMillis: 100,
};

const TRACED: Context = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
});

/** An exporter behind the SDK's batch processor, which has its own defaults unless told otherwise. */
export function otelSubject(exporter: LogRecordExporter, limits: ProcessorLimits = {}): Subject {
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(RESOURCE_ATTRIBUTES),
    processors: [new BatchLogRecordProcessor({ ...limits, exporter })],
  });
  const logger = provider.getLogger('bench', '1.0.0');
  return {
    emit: (number, mark) =>
      logger.emit({
        severityNumber: 9,
        severityText: 'INFO',
        body: bodyOf(number, mark),
        attributes: attributesOf(number),
        // Every second record is logged within a span.
        context: number % 2 === 0 ? TRACED : ROOT_CONTEXT,
      }),
    flush: () => provider.forceFlush(),
    end: () => provider.forceFlush(),
  };
}
