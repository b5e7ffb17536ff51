import { CLOUDWATCH_LOGS_LIMITS } from '../../../src/destinations/cloudwatch-logs/cloudwatch-logs-limits.ts';
import { FIREHOSE_LIMITS } from '../../../src/destinations/firehose/firehose-limits.ts';
import { HTTP_LIMITS } from '../../../src/destinations/http/http-limits.ts';
import { KINESIS_LIMITS } from '../../../src/destinations/kinesis/kinesis-limits.ts';
import { SQS_LIMITS } from '../../../src/destinations/sqs/sqs-limits.ts';
import { ZEROMQ_DEFAULTS } from '../../../src/destinations/zeromq/zeromq-limits.ts';
import { resolveOptions } from '../../../src/exporter/resolve-options.ts';

const common = resolveOptions({ spool: { directory: '.' } });

const COMMON: Readonly<Record<string, number | undefined>> = {
  timeoutMillis: common.timeoutMillis,
  flushTimeoutMillis: common.flushTimeoutMillis,
  shutdownTimeoutMillis: common.shutdownTimeoutMillis,
  concurrencyLimit: common.concurrencyLimit,
  maxBufferedBytes: common.maxBufferedBytes,
  maxTargets: common.maxTargets,
  'retry.initialBackoffMillis': common.retry.initialBackoffMillis,
  'spool.maxBytes': common.spool?.maxBytes,
  'spool.maxAgeMillis': common.spool?.maxAgeMillis,
};

/** The numbers that options have by default, by destination and option. */
const OWN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'cloudwatch-logs': { maxEventBytes: CLOUDWATCH_LOGS_LIMITS.defaultMaxEventBytes },
  firehose: {
    maxRecordBytes: FIREHOSE_LIMITS.maxRecordBytes,
    maxRecordsPerRequest: FIREHOSE_LIMITS.maxRecords,
    maxRequestBytes: FIREHOSE_LIMITS.defaultMaxRequestBytes,
  },
  http: {
    maxRequestBytes: HTTP_LIMITS.defaultMaxRequestBytes,
    maxRecordsPerRequest: HTTP_LIMITS.defaultMaxRecords,
  },
  kinesis: {
    maxRecordBytes: KINESIS_LIMITS.defaultMaxRecordBytes,
    maxRecordsPerRequest: KINESIS_LIMITS.maxRecords,
    maxRequestBytes: KINESIS_LIMITS.defaultMaxRequestBytes,
  },
  sqs: {
    maxMessageBytes: SQS_LIMITS.defaultMaxMessageBytes,
    maxMessagesPerRequest: SQS_LIMITS.maxMessages,
  },
  zeromq: {
    lingerMillis: ZEROMQ_DEFAULTS.lingerMillis,
    maxMessageBytes: ZEROMQ_DEFAULTS.maxMessageBytes,
    maxRecordsPerMessage: ZEROMQ_DEFAULTS.maxRecordsPerMessage,
    sendHighWaterMark: ZEROMQ_DEFAULTS.highWaterMark,
    sendTimeoutMillis: ZEROMQ_DEFAULTS.sendTimeoutMillis,
  },
};

/** Undefined where the default is none or no number. */
export function defaultOf(option: string, destination = ''): number | undefined {
  return OWN[destination]?.[option] ?? COMMON[option];
}
