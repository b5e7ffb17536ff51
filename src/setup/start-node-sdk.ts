import type { ResourceDetector } from '@opentelemetry/resources';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { NodeSDK } from '@opentelemetry/sdk-node';
import { tell } from '../report/tell.ts';
import type { Environment } from './environment/environment.ts';
import { unknownNamesMessage } from './environment/unknown-names.ts';
import { readList } from './read-variable.ts';

export type NodeSdkClass = typeof NodeSDK;
type NodeSdkOptions = NonNullable<ConstructorParameters<NodeSdkClass>[0]>;
export type Instrumentation = Exclude<
  NonNullable<NodeSdkOptions['instrumentations']>[number],
  readonly unknown[]
>;

export interface NodeSdkParts {
  readonly processors: readonly LogRecordProcessor[];
  readonly instrumentations: readonly Instrumentation[];
  readonly resourceDetectors: readonly ResourceDetector[];
}

/** The exporters of spans that the SDK makes of `OTEL_TRACES_EXPORTER`. */
const TRACE_EXPORTERS = ['otlp', 'zipkin', 'console'];
const TRACES_EXPORTER = 'OTEL_TRACES_EXPORTER';

/**
 * Starts traces, metrics and logs. Spans always exist, so that logs carry their trace, but they and metrics are
 * exported only when `OTEL_TRACES_EXPORTER` and `OTEL_METRICS_EXPORTER` ask for it.
 */
export function startNodeSdk(
  Sdk: NodeSdkClass,
  parts: NodeSdkParts,
  environment: Environment,
): void {
  const { instrumentations, processors, resourceDetectors } = parts;
  const sdk = new Sdk({
    instrumentations: [...instrumentations],
    logRecordProcessors: [...processors],
    resourceDetectors: [...resourceDetectors],
    ...(exportsTraces(environment) ? {} : { spanProcessors: [new IdleSpanProcessor()] }),
    ...(readList(environment, 'OTEL_METRICS_EXPORTER').length > 0 ? {} : { metricReaders: [] }),
  });
  sdk.start();
}

function exportsTraces(environment: Environment): boolean {
  const names = readList(environment, TRACES_EXPORTER);
  if (names.length === 0 || names.includes('none')) return false;
  if (names.some((name) => TRACE_EXPORTERS.includes(name))) return true;
  // Beside a known name the SDK itself tells of an unknown one; here it is not asked for any.
  tell('warn', unknownNamesMessage(TRACES_EXPORTER, names, [...TRACE_EXPORTERS, 'none']));
  return false;
}

type SpanProcessor = NonNullable<NodeSdkOptions['spanProcessors']>[number];

/** Without any processor the SDK makes no spans, and so no trace ids. */
class IdleSpanProcessor implements SpanProcessor {
  onStart(): void {}
  onEnd(): void {}
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
