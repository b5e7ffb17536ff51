import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { CloudWatchLogRecordExporter } from '../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../src/destinations/firehose/index.ts';
import { HttpLogRecordExporter } from '../../src/destinations/http/index.ts';
import { KinesisLogRecordExporter } from '../../src/destinations/kinesis/index.ts';
import { SqsLogRecordExporter } from '../../src/destinations/sqs/index.ts';
import type { DestinationLogRecordExporter, LogRecordExporterOptions } from '../../src/index.ts';
import {
  createLogRecord,
  type LocalServices,
  startLocalServices,
} from '../../src/testing/index.ts';

type Common = Pick<LogRecordExporterOptions, 'selfObsMeterProvider'>;
type Create = (services: LocalServices, common: Common) => DestinationLogRecordExporter;

const destinations: readonly (readonly [name: string, create: Create])[] = [
  [
    'Firehose',
    ({ clientConfig }, common) =>
      new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig, ...common }),
  ],
  [
    'CloudWatch Logs',
    ({ clientConfig }, common) => new CloudWatchLogRecordExporter({ clientConfig, ...common }),
  ],
  [
    'Kinesis',
    ({ clientConfig }, common) =>
      new KinesisLogRecordExporter({ streamName: 'logs', clientConfig, ...common }),
  ],
  [
    'SQS',
    ({ clientConfig }, common) =>
      new SqsLogRecordExporter({ queueName: 'logs', clientConfig, ...common }),
  ],
  ['HTTP', ({ http }, common) => new HttpLogRecordExporter({ url: http.url, ...common })],
];

it.each(destinations)(
  'D-50: an operation of %s that went well has its status',
  async (_, create) => {
    await using services = await startLocalServices();
    const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({
      exporter: metrics,
      exportIntervalMillis: 3_600_000,
    });
    const provider = new MeterProvider({ readers: [reader] });
    const exporter = create(services, { selfObsMeterProvider: provider });
    exporter.export([createLogRecord()], () => {});
    await exporter.shutdown();
    expect(exporter.stats()).toMatchObject({ delivered: 1 });
    await provider.forceFlush();
    const durations = metrics
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap((scope) => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === 'otel.sdk.exporter.operation.duration')
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes }) => attributes));
    await provider.shutdown();
    expect(durations).toEqual([expect.objectContaining({ 'http.response.status_code': 200 })]);
  },
);
