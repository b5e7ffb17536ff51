import { randomBytes } from 'node:crypto';
import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import { checkOptionsObject, choiceOption } from '../../exporter/check-option.ts';
import { createCompressor } from '../../exporter/compress-bytes.ts';
import { reusedMemoryFor } from '../../exporter/reused-memory.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';
import { LazyAwsClient } from '../aws/lazy-aws-client.ts';
import { renewCredentials } from '../aws/renew-credentials.ts';
import { Http1Handler } from './http1-handler.ts';
import type { KinesisLogRecordExporterOptions } from './kinesis-log-record-exporter-options.ts';
import { createKinesisSender } from './kinesis-sender.ts';
import { compilePartitionKeys } from './partition-keys.ts';
import { recordLimits } from './record-limits.ts';
import { compileStreamOption, rejectWithoutArn } from './stream-option.ts';

const PREFIX_BYTES = 6;
const MAX_DELIMITER_LENGTH = 16;

/** Amazon Kinesis Data Streams as a destination. @throws InvalidOptionError */
export function createKinesisDestination(
  options: KinesisLogRecordExporterOptions,
): BuiltInDestination {
  checkOptionsObject(options, '`streamName` or `streamArn`');
  const isAggregated =
    choiceOption('aggregation', options.aggregation, ['none', 'lines'], 'none') === 'lines';
  const isCompressed = compressionOf(options, isAggregated) === 'gzip';
  const keys = compilePartitionKeys(
    options.partitionKey,
    randomBytes(PREFIX_BYTES).toString('hex'),
  );
  const client = new LazyAwsClient({
    options,
    destinationName: 'kinesis',
    packageName: '@aws-sdk/client-kinesis',
    load: () => import('@aws-sdk/client-kinesis'),
    create: (sdk, { requestHandler, ...defaults }, config) =>
      new sdk.KinesisClient({
        ...defaults,
        requestHandler: new Http1Handler(requestHandler),
        ...config,
      }),
  });
  const memory = reusedMemoryFor(options.maxBufferedBytes);
  return {
    memory,
    name: 'kinesis',
    spoolScope: client.region,
    keepsConcurrencyLimit: client.hasOwnConnections,
    copiesEntries: true,
    readsByName: true,
    compresses: true,
    limits: recordLimits(options, { isAggregated, isCompressed, maxKeyBytes: keys.maxBytes }),
    targetNames: { ...compileStreamOption(options), ...keys.names },
    delimiter: delimiterOf(options, isAggregated),
    send: rejectWithoutArn(
      renewCredentials(
        createKinesisSender({
          getClient: (resource) => client.get(resource),
          keys,
          compress: isCompressed ? createCompressor('gzip') : undefined,
          buffers: memory,
        }),
        () => client.get(),
      ),
    ),
    close: () => client.close(),
  };
}

function compressionOf(
  { compression: given }: KinesisLogRecordExporterOptions,
  isAggregated: boolean,
): 'none' | 'gzip' {
  const compression = choiceOption('compression', given, ['none', 'gzip', 'zstd'], 'none');
  if (compression === 'zstd') {
    throw new InvalidOptionError(
      "Expected `compression` to be 'none' or 'gzip' for Kinesis, got 'zstd': its readers know gzip only",
    );
  }
  if (compression === 'gzip' && !isAggregated) {
    throw new InvalidOptionError(
      "Expected `aggregation: 'lines'` with `compression: 'gzip'`: one log record alone gets larger, not smaller",
    );
  }
  return compression;
}

function delimiterOf(
  { delimiter }: KinesisLogRecordExporterOptions,
  isAggregated: boolean,
): string {
  if (delimiter === undefined) return isAggregated ? '\n' : '';
  if (typeof delimiter === 'string' && delimiter.length <= MAX_DELIMITER_LENGTH) return delimiter;
  const got =
    typeof delimiter === 'string' ? `${delimiter.length} characters` : shownOption(delimiter);
  throw new InvalidOptionError(
    `Expected \`delimiter\` to be a text of at most ${MAX_DELIMITER_LENGTH} characters, got ${got}`,
  );
}
