import { randomBytes } from 'node:crypto';
import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import { checkOptionsObject, choiceOption } from '../../exporter/check-option.ts';
import { createCompressor } from '../../exporter/compress-bytes.ts';
import { reusedMemoryFor } from '../../exporter/reused-memory.ts';
import { LazyAwsClient } from '../aws/lazy-aws-client.ts';
import { delimiterOption, gzipOption } from '../aws/lines-options.ts';
import { renewCredentials } from '../aws/renew-credentials.ts';
import { Http1Handler } from './http1-handler.ts';
import type { KinesisLogRecordExporterOptions } from './kinesis-log-record-exporter-options.ts';
import { createKinesisSender } from './kinesis-sender.ts';
import { compilePartitionKeys } from './partition-keys.ts';
import { recordLimits } from './record-limits.ts';
import { compileStreamOption, rejectWithoutArn } from './stream-option.ts';

const PREFIX_BYTES = 6;
const SERVICE = { name: 'Kinesis', noZstd: 'its readers know gzip only' };

/** Amazon Kinesis Data Streams as a destination. @throws InvalidOptionError */
export function createKinesisDestination(
  options: KinesisLogRecordExporterOptions,
): BuiltInDestination {
  checkOptionsObject(options, '`streamName` or `streamArn`');
  const isAggregated =
    choiceOption('aggregation', options.aggregation, ['none', 'lines'], 'none') === 'lines';
  const isCompressed = gzipOption(options.compression, isAggregated, SERVICE) === 'gzip';
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
    delimiter: delimiterOption(options.delimiter, isAggregated ? '\n' : ''),
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
