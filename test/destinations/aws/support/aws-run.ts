import { diag } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import {
  createLogRecord,
  type LocalServices,
  type LocalServicesOptions,
  type RecordedRequest,
  startLocalServices,
  uidOf,
} from 'collectorless/testing';
import { expect } from 'vitest';
import type { Drop } from '../../../../src/index.ts';
import { expectSettled } from '../../../support/accounts.ts';
import { exportRecords } from '../../../support/export-records.ts';
import { toldLines } from '../../../support/told-lines.ts';

export type AwsDestination = 'firehose' | 'cloudwatch-logs';
export type AwsExporter = FirehoseLogRecordExporter | CloudWatchLogRecordExporter;

/** Wrong ones too, as users of plain JavaScript give them. */
export type RunOptions = Readonly<Record<string, unknown>>;

export interface AwsRun {
  readonly services: LocalServices;
  readonly exporter: AwsExporter;
  readonly drops: Drop[];
  /** Lines of `diag`. */
  readonly lines: string[];
  /** The result's code: 0 is success. */
  send(records: readonly ReadableLogRecord[]): Promise<number>;
  /** Uids of what arrived, in its order. */
  uids(): (string | undefined)[];
  /** The calls that carried records, or those of another operation. */
  calls(operation?: string): RecordedRequest[];
}

export const PUT: Readonly<Record<AwsDestination, string>> = {
  firehose: 'PutRecordBatch',
  'cloudwatch-logs': 'PutLogEvents',
};

/** Makes an exporter that waits for delivery and retries fast, unless `options` say otherwise. */
export function createExporter(
  destination: AwsDestination,
  { clientConfig }: Pick<LocalServices, 'clientConfig'>,
  options: RunOptions = {},
): AwsExporter {
  const common = {
    ...('client' in options ? {} : { clientConfig }),
    acknowledge: 'delivered',
    timeoutMillis: 20_000,
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 20 },
  };
  return destination === 'firehose'
    ? new FirehoseLogRecordExporter({
        deliveryStreamName: 'logs',
        ...common,
        ...options,
      } as ConstructorParameters<typeof FirehoseLogRecordExporter>[0])
    : new CloudWatchLogRecordExporter({
        ...common,
        ...options,
      } as ConstructorParameters<typeof CloudWatchLogRecordExporter>[0]);
}

/** Runs a test against services of its own, and looks at the end for broken rules and lost records. */
export async function withAws(
  destination: AwsDestination,
  options: RunOptions | ((services: LocalServices) => RunOptions),
  body: (run: AwsRun) => Promise<void>,
  servicesOptions: LocalServicesOptions = {},
): Promise<void> {
  await using services = await startLocalServices({
    cloudWatchLogs: { groups: { '/otel/local-service': ['instance-1'] } },
    ...servicesOptions,
  });
  const lines = toldLines();
  const drops: Drop[] = [];
  const exporter = createExporter(destination, services, {
    onDrop: (drop: Drop) => drops.push(drop),
    ...(typeof options === 'function' ? options(services) : options),
  });
  const store = destination === 'firehose' ? services.firehose : services.cloudWatchLogs;
  try {
    await body({
      services,
      exporter,
      drops,
      lines,
      send: (records) => exportRecords(exporter, records).then(({ code }) => code),
      uids: () => store.decoded.map(uidOf),
      calls: (operation = PUT[destination]) =>
        services.requests.filter((request) => request.operation === operation),
    });
    await exporter.shutdown();
    expectSettled(exporter.stats());
    expect(services.violations).toEqual([]);
  } finally {
    diag.disable();
  }
}

export function records(
  count: number,
  overrides: Partial<ReadableLogRecord> = {},
): ReadableLogRecord[] {
  return Array.from({ length: count }, () => createLogRecord(overrides));
}

export function uidsOf(sent: readonly ReadableLogRecord[]): (string | undefined)[] {
  return sent.map(uidOf);
}

/** A record of this Unix time in milliseconds. */
export function recordAt(millis: number, body = 'a log record'): ReadableLogRecord {
  const hrTime: ReadableLogRecord['hrTime'] = [Math.floor(millis / 1000), (millis % 1000) * 1e6];
  return createLogRecord({ body, hrTime, hrTimeObserved: hrTime });
}
