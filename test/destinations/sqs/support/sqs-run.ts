import { diag } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect } from 'vitest';
import {
  SqsLogRecordExporter,
  type SqsLogRecordExporterOptions,
} from '../../../../src/destinations/sqs/index.ts';
import type { Drop } from '../../../../src/index.ts';
import {
  createLogRecord,
  type LocalServices,
  type LocalServicesOptions,
  type SqsMessage,
  startLocalServices,
} from '../../../../src/testing/index.ts';
import { uidOf } from '../../../../src/testing/records/create-log-record.ts';
import { expectSettled } from '../../../support/accounts.ts';
import { exportRecords } from '../../../support/export-records.ts';
import { toldLines } from '../../../support/told-lines.ts';

/** Options with a queue named `logs` unless they name one. */
export type RunOptions = Partial<Record<keyof SqsLogRecordExporterOptions, unknown>>;

export interface SqsRun {
  readonly services: LocalServices;
  readonly exporter: SqsLogRecordExporter;
  readonly drops: Drop[];
  /** Lines of `diag`. */
  readonly lines: string[];
  /** The result's code: 0 is success. */
  send(records: readonly ReadableLogRecord[]): Promise<number>;
  /** Uids of what arrived, in its order; parts of a record count each. */
  uids(): (string | undefined)[];
  messages(): readonly SqsMessage[];
  /** Entries of each SendMessageBatch call, in their order. */
  batches(): number[];
}

export function sqsOptions(
  services: LocalServices,
  options: RunOptions,
): SqsLogRecordExporterOptions {
  const hasQueue = 'queueUrl' in options || 'queueName' in options;
  return {
    ...(hasQueue ? {} : { queueUrl: services.sqs.queueUrl('logs') }),
    ...('client' in options ? {} : { clientConfig: services.clientConfig }),
    acknowledge: 'delivered',
    timeoutMillis: 10_000,
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 20 },
    ...options,
  } as SqsLogRecordExporterOptions;
}

/** Runs a test against services of its own and looks at the end for rules that were broken. */
export async function withSqs(
  options: RunOptions | ((services: LocalServices) => RunOptions),
  body: (run: SqsRun) => Promise<void>,
  { violations = [], ...servicesOptions }: LocalServicesOptions & { violations?: unknown[] } = {},
): Promise<void> {
  await using services = await startLocalServices(servicesOptions);
  const lines = toldLines();
  const drops: Drop[] = [];
  const given = typeof options === 'function' ? options(services) : options;
  const exporter = new SqsLogRecordExporter({
    ...sqsOptions(services, given),
    onDrop: (drop) => drops.push(drop),
  });
  try {
    await body({
      services,
      exporter,
      drops,
      lines,
      send: (records) => exportRecords(exporter, records).then(({ code }) => code),
      uids: () => services.sqs.decoded.map(uidOf),
      messages: () => services.sqs.messages,
      batches: () =>
        services.requests
          .filter(({ operation }) => operation === 'SendMessageBatch')
          .map(({ entries }) => entries),
    });
    await exporter.shutdown();
    expectSettled(exporter.stats());
    expect(services.violations).toEqual(violations);
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
