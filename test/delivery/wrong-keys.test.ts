import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import {
  createLogRecord,
  type LocalServices,
  startLocalServices,
  uidOf,
} from 'collectorless/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogRecordExporterOptions } from '../../src/index.ts';
import { exportRecords } from '../support/export-records.ts';
import { tempFolder } from '../support/temp-folder.ts';

type AwsExporter = FirehoseLogRecordExporter | CloudWatchLogRecordExporter | SqsLogRecordExporter;

interface Way {
  readonly operation: string;
  readonly create: (services: LocalServices, options: LogRecordExporterOptions) => AwsExporter;
  readonly stored: (services: LocalServices) => readonly unknown[];
  /** Refusals of the account, the key or the target, beside those that every service has. */
  readonly errors: readonly string[];
}

const EVERYWHERE = ['AccessDeniedException', 'UnrecognizedClientException'];

const WAYS: Readonly<Record<string, Way>> = {
  Firehose: {
    operation: 'PutRecordBatch',
    create: ({ clientConfig }, options) =>
      new FirehoseLogRecordExporter({ ...options, clientConfig, deliveryStreamName: 'logs' }),
    stored: ({ firehose }) => firehose.decoded,
    errors: ['ResourceNotFoundException', 'InvalidKMSResourceException'],
  },
  'CloudWatch Logs': {
    operation: 'PutLogEvents',
    create: ({ clientConfig }, options) =>
      new CloudWatchLogRecordExporter({
        ...options,
        clientConfig,
        createLogGroup: false,
        createLogStream: false,
      }),
    stored: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
    errors: ['ResourceNotFoundException'],
  },
  SQS: {
    operation: 'SendMessageBatch',
    create: ({ clientConfig, sqs }, options) =>
      new SqsLogRecordExporter({ ...options, clientConfig, queueUrl: sqs.queueUrl('logs') }),
    stored: ({ sqs }) => sqs.decoded,
    errors: [
      'KmsAccessDenied',
      'KmsDisabled',
      'KmsInvalidKeyUsage',
      'KmsInvalidState',
      'KmsNotFound',
      'KmsOptInRequired',
    ],
  },
};

describe.each(Object.entries(WAYS))('with a spool, %s', (_, way) => {
  it.each([...EVERYWHERE, ...way.errors])('loses nothing while it answers %s', async (name) => {
    const directory = tempFolder();
    const services = await startLocalServices({
      cloudWatchLogs: { groups: { '/otel/local-service': ['instance-1'] } },
    });
    services.setFaults([{ kind: 'error', operation: way.operation, name }]);
    const exporter = way.create(services, {
      spool: { directory },
      retry: { initialBackoffMillis: 1, maxBackoffMillis: 20 },
    });
    onTestFinished(async () => {
      await exporter.shutdown();
      await services.close();
    });
    const sent = [createLogRecord(), createLogRecord()];
    await exportRecords(exporter, sent);
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ spooled: 2, inFlight: 0, dropped: {} });
    services.setFaults([]);
    await expect.poll(() => exporter.stats().delivered).toBe(2);
    expect(way.stored(services).map(uidOf).toSorted()).toEqual(sent.map(uidOf).toSorted());
  });
});
