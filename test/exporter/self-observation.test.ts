import {
  type MeterProvider as ApiMeterProvider,
  context,
  DiagLogLevel,
  diag,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, it } from 'vitest';
import type { Drop, SendOutcome } from '../../src/index.ts';
import { ServiceError } from '../../src/service-error.ts';
import { AlsContextManager } from '../support/als-context-manager.ts';
import { bodies, ExporterBench } from '../support/exporter-bench.ts';
import { delivered, rejected, retryable } from '../support/outcomes.ts';
import { breakDiag } from '../support/told-lines.ts';

afterEach(() => {
  diag.disable();
  context.disable();
});

describe('metrics of an exporter', () => {
  it('agree with its statistics, each record counted once after its last attempt', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    const outcomes: SendOutcome[] = [
      retryable(),
      {
        status: 'rejected',
        reason: 'rejected',
        error: new ServiceError('no', { code: 'ValidationException', httpStatusCode: 400 }),
      },
    ];
    const bench = new ExporterBench({
      limits: { maxEntries: 10 },
      selfObsMeterProvider: provider,
      send: ({ index }) => outcomes[index] ?? delivered,
    });
    bench.export(bodies(30));
    await bench.flush();
    await provider.forceFlush();
    const points = new Map(
      exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap(({ metrics }) => metrics)
        .map(({ dataPoints, descriptor }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => ({
            type: attributes['error.type'],
            status: attributes['http.response.status_code'],
            component: String(attributes['otel.component.name']).replace(/\d+$/u, 'n'),
            value: typeof value === 'number' ? value : 'histogram',
          })),
        ]),
    );
    await provider.shutdown();
    const component = 'DestinationLogRecordExporter/n';
    const none = { type: undefined, status: undefined, component };
    expect(points.get('otel.sdk.exporter.log.inflight')).toEqual([{ ...none, value: 0 }]);
    expect(points.get('otel.sdk.exporter.log.exported')).toEqual(
      expect.arrayContaining([
        { ...none, value: 20 },
        { ...none, type: 'rejected', value: 10 },
      ]),
    );
    expect(points.get('otel.sdk.exporter.operation.duration')).toEqual(
      expect.arrayContaining([
        { ...none, value: 'histogram' },
        { component, type: 'ValidationException', status: 400, value: 'histogram' },
      ]),
    );
    expect(bench.stats).toMatchObject({ delivered: 20, dropped: { rejected: 10 } });
  });

  it('cost no record when the provider is broken', async () => {
    const broken: ApiMeterProvider = {
      getMeter: () => {
        throw new Error('broken');
      },
    };
    const bench = new ExporterBench({ selfObsMeterProvider: broken });
    bench.export(bodies(3));
    await bench.flush();
    expect(bench.stats.delivered).toBe(3);
  });
});

describe('a loss', () => {
  it('is told to onDrop with count, bytes, times, target and error', async () => {
    const bench = new ExporterBench({
      send: () => rejected({ reason: 'too_old' }),
      destination: { targetNames: { name: '{service.name}' } },
    });
    bench.export(['abc'], { hrTime: [2, 0] });
    bench.export(['defg'], { hrTime: [1, 0] });
    await bench.flush();
    const expected: Drop = {
      reason: 'too_old',
      count: 2,
      bytes: 7,
      firstTime: new Date(1000),
      lastTime: new Date(2000),
      target: 'local-service',
      error: new Error('refused'),
    };
    expect(bench.drops).toEqual([expected]);
  });

  it('is counted also when onDrop throws or rejects', async () => {
    for (const onDrop of [
      () => {
        throw new Error('onDrop');
      },
      () => Promise.reject(new Error('onDrop')),
    ]) {
      const bench = new ExporterBench({ send: () => rejected(), onDrop, acknowledge: 'delivered' });
      const call = bench.export(bodies(3));
      await bench.flush();
      expect(bench.stats).toMatchObject({ dropped: { rejected: 3 }, inFlight: 0 });
      expect(call.answers).toBe(1);
    }
  });

  it('may be answered from onDrop with another export and a flush', async () => {
    const bench: ExporterBench = new ExporterBench({
      send: ({ index }) => (index === 0 ? rejected() : delivered),
      onDrop: () => {
        bench.export(['told']);
        void bench.exporter.forceFlush();
      },
    });
    bench.export(['lost']);
    await bench.flush();
    expect(bench.texts).toEqual(['lost', 'told']);
    expect(bench.imbalance()).toBe(0);
  });

  it('makes few diag lines, and none with contents of records', async () => {
    const lines: string[] = [];
    const note = (...words: unknown[]): void => {
      lines.push(words.map(String).join(' '));
    };
    diag.setLogger(
      { error: note, warn: note, info: note, debug: note, verbose: note },
      { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true },
    );
    lines.length = 0;
    const bench = new ExporterBench({
      limits: { maxEntries: 1 },
      send: ({ texts }) => ({
        status: 'rejected',
        reason: 'rejected',
        error: new ServiceError(`Value '${texts[0]}' at 'records' failed to satisfy constraint`, {
          code: 'InvalidArgumentException',
        }),
      }),
    });
    bench.export(bodies(500, 'secret'));
    await bench.flush();
    expect(bench.stats.dropped).toEqual({ rejected: 500 });
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain('secret');
  });

  it('is counted also when the diag logger throws', async () => {
    breakDiag();
    const bench = new ExporterBench({ send: () => rejected(), acknowledge: 'delivered' });
    const call = bench.export(bodies(3));
    await bench.flush();
    expect(bench.stats).toMatchObject({ dropped: { rejected: 3 }, inFlight: 0 });
    expect(call.answers).toBe(1);
  });
});

it('what the destination does is never traced', async () => {
  const seen: boolean[] = [];
  context.setGlobalContextManager(new AlsContextManager());
  const bench = new ExporterBench({
    send: async () => {
      seen.push(isTracingSuppressed(context.active()));
      await Promise.resolve();
      seen.push(isTracingSuppressed(context.active()));
      return delivered;
    },
  });
  bench.export(bodies(1));
  await bench.flush();
  expect(seen).toEqual([true, true]);
});
