import type { MeterProvider as ApiMeterProvider } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { createExporterMetrics } from '../../src/report/exporter-metrics.ts';

const identity = { componentType: 'TestExporter', componentName: 'TestExporter/0' };

async function record(work: (provider: ApiMeterProvider) => void) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  work(provider);
  await provider.forceFlush();
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  await provider.shutdown();
  return new Map(
    metrics.map(({ dataPoints, descriptor }) => [
      descriptor.name,
      {
        unit: descriptor.unit,
        points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      },
    ]),
  );
}

const component = {
  'otel.component.type': 'TestExporter',
  'otel.component.name': 'TestExporter/0',
};

describe('the metrics of an exporter', () => {
  it('count each record once, with an error type when it was lost', async () => {
    const metrics = await record((provider) => {
      const exporterMetrics = createExporterMetrics(provider, identity);
      exporterMetrics.accepted(10);
      exporterMetrics.delivered(6);
      exporterMetrics.dropped(3, 'timeout');
    });
    expect(metrics.get('otel.sdk.exporter.log.inflight')).toEqual({
      unit: '{log_record}',
      points: [{ attributes: component, value: 1 }],
    });
    expect(metrics.get('otel.sdk.exporter.log.exported')).toEqual({
      unit: '{log_record}',
      points: [
        { attributes: component, value: 6 },
        { attributes: { ...component, 'error.type': 'timeout' }, value: 3 },
      ],
    });
  });

  it('tell how long operations took, in seconds, with status and error', async () => {
    const metrics = await record((provider) => {
      const exporterMetrics = createExporterMetrics(provider, identity);
      exporterMetrics.operation(1500, undefined);
      exporterMetrics.operation(20, 'ThrottlingException', 429);
    });
    const duration = metrics.get('otel.sdk.exporter.operation.duration');
    expect(duration?.unit).toBe('s');
    expect(duration?.points).toMatchObject([
      { attributes: component, value: { count: 1, sum: 1.5 } },
      {
        attributes: {
          ...component,
          'error.type': 'ThrottlingException',
          'http.response.status_code': 429,
        },
        value: { count: 1, sum: 0.02 },
      },
    ]);
  });

  it('name the server, where it is one', async () => {
    const server = { address: 'logs.example.com', port: 8443 };
    const metrics = await record((provider) => {
      createExporterMetrics(provider, { ...identity, server }).accepted(1);
      createExporterMetrics(provider, { ...identity, server: { address: 'b' } }).delivered(1);
    });
    const attributesOf = (name: string): unknown => metrics.get(name)?.points[0]?.attributes;
    expect(attributesOf('otel.sdk.exporter.log.inflight')).toMatchObject({
      'server.address': 'logs.example.com',
      'server.port': 8443,
    });
    expect(attributesOf('otel.sdk.exporter.log.exported')).toEqual({
      ...component,
      'server.address': 'b',
    });
  });

  it('are nothing without a provider', () => {
    const metrics = createExporterMetrics(undefined, identity);
    metrics.accepted(1);
    metrics.delivered(1);
    metrics.dropped(1, 'timeout');
    expect(metrics.operation(1, undefined)).toBeUndefined();
  });

  it('are nothing with a provider that throws', () => {
    const broken: ApiMeterProvider = {
      getMeter: () => {
        throw new Error('broken');
      },
    };
    expect(() => createExporterMetrics(broken, identity).accepted(1)).not.toThrow();
  });

  it('never throw when an instrument does', () => {
    const provider = new MeterProvider();
    const meter = provider.getMeter('real');
    const fail = (): never => {
      throw new Error('broken');
    };
    const broken: ApiMeterProvider = {
      getMeter: () =>
        Object.assign(Object.create(meter), {
          createUpDownCounter: () => ({ add: fail }),
          createCounter: () => ({ add: fail }),
          createHistogram: () => ({ record: fail }),
        }),
    };
    const metrics = createExporterMetrics(broken, identity);
    expect(() => {
      metrics.accepted(1);
      metrics.delivered(1);
      metrics.dropped(1, 'timeout');
      metrics.operation(1, undefined);
    }).not.toThrow();
  });
});
