// Written by `npm run generate` from the folders of `src`. Do not edit.
import type { AwsService } from './aws/aws-service.ts';
import type { LocalAwsServiceParts, OptionsOf, StoreOf } from './aws/local-aws-service.ts';
import { localService as cloudWatchLogs } from './cloudwatch-logs/local-service.ts';
import { localService as firehose } from './firehose/local-service.ts';
import { localService as kinesis } from './kinesis/local-service.ts';
import { localService as sqs } from './sqs/local-service.ts';

export type LocalAwsServiceName =
  | 'cloudwatch-logs'
  | 'firehose'
  | 'kinesis'
  | 'sqs';

/** The operation that carries records, by service. */
export const RECORD_OPERATIONS: Readonly<Record<LocalAwsServiceName, string>> = {
  'cloudwatch-logs': cloudWatchLogs.operation,
  firehose: firehose.operation,
  kinesis: kinesis.operation,
  sqs: sqs.operation,
};

/** What arrived at each service. */
export interface AwsStores {
  readonly cloudWatchLogs: StoreOf<typeof cloudWatchLogs>;
  readonly firehose: StoreOf<typeof firehose>;
  readonly kinesis: StoreOf<typeof kinesis>;
  readonly sqs: StoreOf<typeof sqs>;
}

export interface AwsStoreOptions {
  readonly cloudWatchLogs?: OptionsOf<typeof cloudWatchLogs>;
  readonly firehose?: OptionsOf<typeof firehose>;
  readonly kinesis?: OptionsOf<typeof kinesis>;
  readonly sqs?: OptionsOf<typeof sqs>;
}

export function createAwsServices(
  options: AwsStoreOptions,
  parts: LocalAwsServiceParts,
): { readonly stores: AwsStores; readonly services: readonly AwsService[] } {
  const created = {
    cloudWatchLogs: cloudWatchLogs.create(options.cloudWatchLogs, parts),
    firehose: firehose.create(options.firehose, parts),
    kinesis: kinesis.create(options.kinesis, parts),
    sqs: sqs.create(options.sqs, parts),
  };
  return {
    stores: {
      cloudWatchLogs: created.cloudWatchLogs.store,
      firehose: created.firehose.store,
      kinesis: created.kinesis.store,
      sqs: created.sqs.store,
    },
    services: Object.values(created).map(({ service }) => service),
  };
}
