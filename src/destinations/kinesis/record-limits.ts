import { numberOption } from '../../exporter/check-option.ts';
import type { PackLimits } from '../../pack/pack-limits.ts';
import { KINESIS_LIMITS } from './kinesis-limits.ts';
import type { KinesisLogRecordExporterOptions } from './kinesis-log-record-exporter-options.ts';

/** What gzip can add to bytes that do not compress: its header and 5 bytes for each block of 16 KB. */
const gzipGrowthBytes = (bytes: number): number => 64 + 5 * Math.ceil(bytes / 16_383);
/** Room for the longest partition key, what gzip adds, and some of a record. */
const MIN_RECORD_BYTES = 4096;

/** What fits a request, with the partition key of each record. @throws InvalidOptionError */
export function recordLimits(
  options: KinesisLogRecordExporterOptions,
  form: {
    readonly isAggregated: boolean;
    readonly isCompressed: boolean;
    readonly maxKeyBytes: number;
  },
): PackLimits {
  const because = 'a limit of Amazon Kinesis Data Streams';
  const { defaultMaxRequestBytes, defaultMaxRecordBytes, maxAggregatedBytes } = KINESIS_LIMITS;
  const { maxRecordBytes, maxRecords, maxRequestBytes } = KINESIS_LIMITS;
  const recordBytes = numberOption(
    'maxRecordBytes',
    options.maxRecordBytes,
    defaultMaxRecordBytes,
    {
      min: MIN_RECORD_BYTES,
      max: maxRecordBytes,
      because,
    },
  );
  const growthBytes = form.isCompressed ? gzipGrowthBytes(recordBytes) : 0;
  const entryOverheadBytes = form.maxKeyBytes + growthBytes;
  const maxEntryBytes = recordBytes - entryOverheadBytes;
  const limits = {
    maxEntries: numberOption('maxRecordsPerRequest', options.maxRecordsPerRequest, maxRecords, {
      min: 1,
      max: maxRecords,
      because,
    }),
    maxRequestBytes: numberOption(
      'maxRequestBytes',
      options.maxRequestBytes,
      Math.max(defaultMaxRequestBytes, recordBytes),
      { min: recordBytes, max: maxRequestBytes, because },
    ),
    maxEntryBytes,
    entryOverheadBytes,
  };
  if (!form.isAggregated) return limits;
  const maxBytes = form.isCompressed
    ? maxEntryBytes
    : Math.min(maxEntryBytes, maxAggregatedBytes - form.maxKeyBytes);
  // A line has at least one byte, so the bytes bound the lines too.
  return { ...limits, aggregate: { maxLines: maxBytes, maxBytes } };
}
