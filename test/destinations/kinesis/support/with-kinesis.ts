import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import {
  type LocalServices,
  type LocalServicesOptions,
  type RecordedRequest,
  startLocalServices,
  uidOf,
} from 'collectorless/testing';
import { expect } from 'vitest';
import type { DestinationLogRecordExporter, Drop } from '../../../../src/index.ts';
import { expectSettled } from '../../../support/accounts.ts';
import { exportRecords } from '../../../support/export-records.ts';

type Records = Parameters<DestinationLogRecordExporter['export']>[0];

/** Wrong ones too, as users of plain JavaScript give them. */
export type RunOptions = Readonly<Record<string, unknown>>;

export interface KinesisRun {
  readonly services: LocalServices;
  readonly exporter: KinesisLogRecordExporter;
  readonly drops: Drop[];
  /** The result's code: 0 is success. */
  send(records: Readonly<Records>): Promise<number>;
  /** Uids of what arrived, in its order. */
  uids(): (string | undefined)[];
  calls(): RecordedRequest[];
}

export function createExporter(
  { clientConfig }: Pick<LocalServices, 'clientConfig'>,
  options: RunOptions = {},
): KinesisLogRecordExporter {
  const stream = 'streamArn' in options || 'streamName' in options ? {} : { streamName: 'logs' };
  return new KinesisLogRecordExporter({
    ...stream,
    ...('client' in options ? {} : { clientConfig }),
    acknowledge: 'delivered',
    timeoutMillis: 20_000,
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 20 },
    ...options,
  } as ConstructorParameters<typeof KinesisLogRecordExporter>[0]);
}

/** Runs a test against services of its own, and looks at the end for broken rules and lost records. */
export async function withKinesis(
  options: RunOptions | ((services: LocalServices) => RunOptions),
  body: (run: KinesisRun) => Promise<void>,
  servicesOptions: LocalServicesOptions = {},
): Promise<void> {
  await using services = await startLocalServices(servicesOptions);
  const drops: Drop[] = [];
  const exporter = createExporter(services, {
    onDrop: (drop: Drop) => drops.push(drop),
    ...(typeof options === 'function' ? options(services) : options),
  });
  await body({
    services,
    exporter,
    drops,
    send: (records) => exportRecords(exporter, records).then(({ code }) => code),
    uids: () => services.kinesis.decoded.map(uidOf),
    calls: () => services.requests.filter(({ operation }) => operation === 'PutRecords'),
  });
  await exporter.shutdown();
  expectSettled(exporter.stats());
  expect(services.violations).toEqual([]);
}
