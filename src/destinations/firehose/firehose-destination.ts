import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import { checkOptionsObject, choiceOption, numberOption } from '../../exporter/check-option.ts';
import { createCompressor } from '../../exporter/compress-bytes.ts';
import { reusedMemoryFor } from '../../exporter/reused-memory.ts';
import type { PackLimits } from '../../pack/pack-limits.ts';
import { compileTargetName } from '../../route/target-name.ts';
import { LazyAwsClient } from '../aws/lazy-aws-client.ts';
import { delimiterOption, gzipOption } from '../aws/lines-options.ts';
import { renewCredentials } from '../aws/renew-credentials.ts';
import { DELIVERY_STREAM_NAME, FIREHOSE_LIMITS } from './firehose-limits.ts';
import type { FirehoseLogRecordExporterOptions } from './firehose-log-record-exporter-options.ts';
import { createFirehoseSender } from './firehose-sender.ts';
import { gapBehindRecord } from './records-body.ts';

/** What gzip can add to bytes that do not compress: its header and one stored block each 16 KB. */
const GZIP_GROWTH_BYTES = 1024;

const SERVICE = { name: 'Firehose', noZstd: 'its readers of S3 objects know gzip only' };

/** Amazon Data Firehose as a destination. @throws InvalidOptionError */
export function createFirehoseDestination(
  options: FirehoseLogRecordExporterOptions,
): BuiltInDestination {
  checkOptionsObject(options, '`deliveryStreamName`');
  const isAggregated =
    choiceOption('aggregation', options.aggregation, ['none', 'lines'], 'none') === 'lines';
  const isCompressed = gzipOption(options.compression, isAggregated, SERVICE) === 'gzip';
  const client = new LazyAwsClient({
    options,
    destinationName: 'firehose',
    packageName: '@aws-sdk/client-firehose',
    load: () => import('@aws-sdk/client-firehose'),
    create: (sdk, defaults, config) => new sdk.FirehoseClient({ ...defaults, ...config }),
  });
  const memory = reusedMemoryFor(options.maxBufferedBytes);
  return {
    memory,
    name: 'firehose',
    spoolScope: client.region,
    keepsConcurrencyLimit: client.hasOwnConnections,
    compresses: true,
    copiesEntries: true,
    readsByName: true,
    readsEntries: 'each',
    gapBehind: gapBehindRecord,
    limits: limitsOf(options, { isAggregated, isCompressed }),
    targetNames: {
      deliveryStreamName: compileTargetName(options.deliveryStreamName, DELIVERY_STREAM_NAME),
    },
    delimiter: delimiterOption(options.delimiter, '\n'),
    send: renewCredentials(
      createFirehoseSender({
        getClient: (resource) => client.get(resource),
        compress: isCompressed ? createCompressor('gzip') : undefined,
        buffers: memory,
      }),
      () => client.get(),
    ),
    close: () => client.close(),
  };
}

function limitsOf(
  options: FirehoseLogRecordExporterOptions,
  form: { readonly isAggregated: boolean; readonly isCompressed: boolean },
): PackLimits {
  const { defaultMaxRequestBytes, maxLinesInRecord, maxRecordBytes, maxRecords, maxRequestBytes } =
    FIREHOSE_LIMITS;
  const because = 'a limit of Amazon Data Firehose';
  const recordBytes = numberOption('maxRecordBytes', options.maxRecordBytes, maxRecordBytes, {
    min: 2 * GZIP_GROWTH_BYTES,
    max: maxRecordBytes,
    because,
  });
  const lineBytes = recordBytes - (form.isCompressed ? GZIP_GROWTH_BYTES : 0);
  return {
    maxEntries: numberOption('maxRecordsPerRequest', options.maxRecordsPerRequest, maxRecords, {
      min: 1,
      max: maxRecords,
      because,
    }),
    maxRequestBytes: numberOption(
      'maxRequestBytes',
      options.maxRequestBytes,
      defaultMaxRequestBytes,
      {
        min: recordBytes,
        max: maxRequestBytes,
        because,
      },
    ),
    maxEntryBytes: lineBytes,
    // Growth counts for the request too: four records that do not compress would exceed it together.
    ...(form.isCompressed ? { entryOverheadBytes: GZIP_GROWTH_BYTES } : {}),
    ...(form.isAggregated
      ? { aggregate: { maxLines: maxLinesInRecord, maxBytes: lineBytes } }
      : {}),
  };
}
