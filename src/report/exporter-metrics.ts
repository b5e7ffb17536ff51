import type { Attributes, MeterProvider } from '@opentelemetry/api';

/**
 * Self-observation as the semantic conventions for SDK metrics say
 * (https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/). Each record is counted once.
 */
export interface ExporterMetrics {
  accepted(count: number): void;
  delivered(count: number): void;
  /** `errorType` is the drop reason, or the service's own word for the failure. */
  dropped(count: number, errorType: string): void;
  operation(durationMillis: number, errorType: string | undefined, statusCode?: number): void;
}

export interface ExporterIdentity {
  readonly componentType: string;
  readonly componentName: string;
  /** Where all records go, where that is one known server. */
  readonly server?: { readonly address: string; readonly port?: number } | undefined;
}

const NO_METRICS: ExporterMetrics = {
  accepted() {},
  delivered() {},
  dropped() {},
  operation() {},
};

export function createExporterMetrics(
  provider: MeterProvider | undefined,
  identity: ExporterIdentity,
): ExporterMetrics {
  if (provider === undefined) return NO_METRICS;
  try {
    return harmless(createInstruments(provider, identity));
  } catch {
    return NO_METRICS;
  }
}

/** A meter that throws must never cost a record. */
function harmless(metrics: ExporterMetrics): ExporterMetrics {
  const guard = (measure: () => void): void => {
    try {
      measure();
    } catch {
      // The application's meter is broken; the records' fate does not depend on it.
    }
  };
  return {
    accepted: (count) => guard(() => metrics.accepted(count)),
    delivered: (count) => guard(() => metrics.delivered(count)),
    dropped: (count, type) => guard(() => metrics.dropped(count, type)),
    operation: (millis, type, status) => guard(() => metrics.operation(millis, type, status)),
  };
}

function createInstruments(provider: MeterProvider, identity: ExporterIdentity): ExporterMetrics {
  const meter = provider.getMeter('collectorless');
  const attributes: Attributes = {
    'otel.component.type': identity.componentType,
    'otel.component.name': identity.componentName,
    ...serverAttributes(identity.server),
  };
  const inFlight = meter.createUpDownCounter('otel.sdk.exporter.log.inflight', {
    unit: '{log_record}',
    description: 'Log records in the exporter that are neither delivered nor dropped.',
  });
  const exported = meter.createCounter('otel.sdk.exporter.log.exported', {
    unit: '{log_record}',
    description: 'Log records whose export has ended, with error.type when it failed.',
  });
  const duration = meter.createHistogram('otel.sdk.exporter.operation.duration', {
    unit: 's',
    description: 'Duration of an export operation over all its attempts.',
  });
  return {
    accepted: (count) => inFlight.add(count, attributes),
    delivered(count) {
      inFlight.add(-count, attributes);
      exported.add(count, attributes);
    },
    dropped(count, errorType) {
      inFlight.add(-count, attributes);
      exported.add(count, { ...attributes, 'error.type': errorType });
    },
    operation(durationMillis, errorType, statusCode) {
      const labels: Attributes = { ...attributes };
      if (errorType !== undefined) labels['error.type'] = errorType;
      if (statusCode !== undefined) labels['http.response.status_code'] = statusCode;
      duration.record(durationMillis / 1000, labels);
    },
  };
}

function serverAttributes(server: ExporterIdentity['server']): Attributes {
  if (server === undefined) return {};
  const { address, port } = server;
  return { 'server.address': address, ...(port === undefined ? {} : { 'server.port': port }) };
}
