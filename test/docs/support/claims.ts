import { CLOUDWATCH_LOGS_LIMITS } from '../../../src/destinations/cloudwatch-logs/cloudwatch-logs-limits.ts';
import { FIREHOSE_LIMITS } from '../../../src/destinations/firehose/firehose-limits.ts';
import {
  DEFAULT_RETRY_STATUSES,
  HTTP_LIMITS,
  OTLP_RETRY_STATUSES,
  SUMO_LOGIC_LIMITS,
} from '../../../src/destinations/http/http-limits.ts';
import { KINESIS_LIMITS } from '../../../src/destinations/kinesis/kinesis-limits.ts';
import { QUEUE_NAME, SQS_LIMITS } from '../../../src/destinations/sqs/sqs-limits.ts';
import { ZEROMQ_DEFAULTS, ZEROMQ_LIMITS } from '../../../src/destinations/zeromq/zeromq-limits.ts';
import { resolveOptions } from '../../../src/exporter/resolve-options.ts';
import { resolveLogFlushOptions } from '../../../src/lambda/log-flush-options.ts';
import { EXIT_FLUSH_MILLIS } from '../../../src/setup/exit-guard/exit-guard-options.ts';
import { sourceNumber } from './source-number.ts';

/** What a document says, and what the code makes of it: each text is built of the numbers of `src`. */
export type Claim = readonly [document: string, text: string];

const options = resolveOptions({});
const lambda = resolveLogFlushOptions({});
const { retry } = options;

const inSeconds = (millis: number): string => (millis / 1000).toLocaleString('en-US');
const inMinutes = (millis: number): string => (millis / 60_000).toLocaleString('en-US');
const inMebibytes = (bytes: number): string => (bytes / 1_048_576).toLocaleString('en-US');
const grouped = (value: number): string => value.toLocaleString('en-US');
/** 520, 521, 522 as 520–522. */
const ranges = (numbers: readonly number[]): string =>
  numbers
    .reduce<number[][]>((runs, one) => {
      const run = runs.at(-1);
      if (run !== undefined && run.at(-1) === one - 1 && one >= 520 && one < 590) run.push(one);
      else runs.push([one]);
      return runs;
    }, [])
    .map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(', ')))
    .join(', ');

const delivery: readonly string[] = [
  `comes once in ${inSeconds(sourceNumber('line-interval.ts', 'LINE_INTERVAL_MILLIS'))} seconds at most`,
  `\`timeoutMillis\` (${inMinutes(options.timeoutMillis)} minutes)`,
  `in slices of about ${sourceNumber('record-intake.ts', 'SLICE_MILLIS')} ms`,
  `\`concurrencyLimit\` (${options.concurrencyLimit})`,
  `that doubles from ${retry.initialBackoffMillis} ms to ${inSeconds(retry.maxBackoffMillis)} s`,
  `or to ${inSeconds(sourceNumber('awaited-retry-policy.ts', 'AWAITED_MAX_BACKOFF_MILLIS'))} s while`,
  `up to ${options.backlogConcurrencyLimit} go while requests pile up`,
  `the same origin, ${HTTP_LIMITS.maxRedirects} at most`,
];

const cloudWatchLogs: readonly string[] = [
  `${grouped(CLOUDWATCH_LOGS_LIMITS.maxEvents)} events; ${grouped(CLOUDWATCH_LOGS_LIMITS.maxRequestBytes)} B with ${CLOUDWATCH_LOGS_LIMITS.eventOverheadBytes} B for each event`,
  `less than ${inMinutes(CLOUDWATCH_LOGS_LIMITS.maxSpanMillis / 60)} hours apart`,
  `here ${grouped(CLOUDWATCH_LOGS_LIMITS.defaultMaxEventBytes)} B, see \`maxEventBytes\``,
];

const firehose: readonly string[] = [
  `| ${FIREHOSE_LIMITS.maxRecords}, ${grouped(FIREHOSE_LIMITS.defaultMaxRequestBytes)} B |`,
  `| ${grouped(FIREHOSE_LIMITS.maxRecordBytes)} B |`,
  `up to ${FIREHOSE_LIMITS.maxLinesInRecord} log records in one Firehose record`,
];

const kinesis: readonly string[] = [
  `| ${KINESIS_LIMITS.maxRecords}, ${grouped(KINESIS_LIMITS.defaultMaxRequestBytes)} B, up to ${grouped(KINESIS_LIMITS.maxRequestBytes)} B with`,
  `| ${grouped(KINESIS_LIMITS.defaultMaxRecordBytes)} B, up to ${grouped(KINESIS_LIMITS.maxRecordBytes)} B with`,
  `| ${KINESIS_LIMITS.maxPartitionKeyLength} characters |`,
  `records of ${grouped(KINESIS_LIMITS.maxAggregatedBytes)}`,
];

const sqs: readonly string[] = [
  `${SQS_LIMITS.maxMessages} messages, ${grouped(SQS_LIMITS.maxRequestBytes)} B with all attributes`,
  `at most ${grouped(SQS_LIMITS.maxMessageBytes)} B | ${grouped(SQS_LIMITS.defaultMaxMessageBytes)} B, see \`maxMessageBytes\``,
  `at most ${grouped(SQS_LIMITS.maxRequestBytes)} bytes and ${SQS_LIMITS.maxMessages} messages`,
  `pinned at ${grouped(SQS_LIMITS.defaultMaxMessageBytes)} bytes`,
  `has 1 to ${QUEUE_NAME.maxLength} characters`,
  `filled to ${SQS_LIMITS.maxAggregatedBytes / 1024} KiB`,
  `; ${sourceNumber('message-attributes-option.ts', 'MAX_VALUE_LENGTH')} characters of each are sent`,
  `For a value with placeholders ${3 * sourceNumber('message-attributes-option.ts', 'MAX_VALUE_LENGTH')} bytes are set aside`,
  `\`maxTargets\` (${options.maxTargets})`,
  `\`timeoutMillis\` (${inMinutes(options.timeoutMillis)} minutes)`,
];

const http: readonly string[] = [
  `what the endpoint takes, ${grouped(HTTP_LIMITS.defaultMaxRequestBytes)} by default`,
  `one over ${sourceNumber('url-option.ts', 'MAX_VALUE_LENGTH')} characters is cut`,
  `\`maxTargets\` (${options.maxTargets})`,
  `at most ${SUMO_LOGIC_LIMITS.maxFields} fields, values cut at ${SUMO_LOGIC_LIMITS.maxFieldValueLength} characters`,
  `Requests stay within ${SUMO_LOGIC_LIMITS.maxRequestBytes / 1_000_000} MB`,
  `once in ${inSeconds(sourceNumber('line-interval.ts', 'LINE_INTERVAL_MILLIS'))} seconds`,
  `at most ${inMebibytes(HTTP_LIMITS.maxAnswerBytes)} MiB of the body`,
  `| ${ranges(DEFAULT_RETRY_STATUSES)} | sent again`,
  `with \`otlp-json\`: ${OTLP_RETRY_STATUSES.join(', ')} only`,
  `${grouped(sourceNumber('header-rules.ts', 'MAX_VALUE_LENGTH'))} characters a header`,
  `${grouped(sourceNumber('url-option.ts', 'MAX_TEMPLATE_LENGTH'))} a \`url\` template`,
  `${HTTP_LIMITS.maxIgnoredAnswerBytes / 1024} KiB of an answer that nobody needs and ${inMebibytes(HTTP_LIMITS.maxAnswerBytes)} MiB`,
  `${inSeconds(HTTP_LIMITS.answerTimeoutMillis)} seconds for an answer's end`,
];

const zeromq: readonly string[] = [
  `| \`maxRecordsPerMessage\` | ${ZEROMQ_DEFAULTS.maxRecordsPerMessage} |`,
  `| \`maxMessageBytes\` | ${grouped(ZEROMQ_DEFAULTS.maxMessageBytes)} |`,
  `| \`sendHighWaterMark\` | ${ZEROMQ_DEFAULTS.highWaterMark} |`,
  `| \`sendTimeoutMillis\` | ${ZEROMQ_DEFAULTS.sendTimeoutMillis} |`,
  `| \`lingerMillis\` | ${ZEROMQ_DEFAULTS.lingerMillis} |`,
  `what it holds, at most ${grouped(ZEROMQ_LIMITS.maxLingerMillis)} |`,
  `until \`timeoutMillis\` (${grouped(options.timeoutMillis)})`,
  `At most \`maxBufferedBytes\` (${inMebibytes(options.maxBufferedBytes)} MiB)`,
  `a body is ${grouped(ZEROMQ_DEFAULTS.maxMessageBytes)} bytes at most`,
  `\`maxMessageBytes\` (${inMebibytes(sourceNumber('receiver-socket.ts', 'DEFAULT_MAX_MESSAGE_BYTES'))} MiB)`,
];

const exit: readonly string[] = [
  `at most **${inSeconds(EXIT_FLUSH_MILLIS)} seconds**`,
  `costs these ${inSeconds(EXIT_FLUSH_MILLIS)} seconds`,
  `\`collectorless/register\` sets to ${inSeconds(EXIT_FLUSH_MILLIS)} seconds`,
];

const register: readonly string[] = [
  `for at most ${inSeconds(EXIT_FLUSH_MILLIS)} seconds (\`…_FLUSH_TIMEOUT_MILLIS\` of the exporters is ${EXIT_FLUSH_MILLIS} here`,
];

const lambdaClaims: readonly string[] = [
  `| \`reserveMillis\` | ${grouped(lambda.reserveMillis)} |`,
  `| \`flushTimeoutMillis\` | ${grouped(lambda.flushTimeoutMillis)} |`,
  `and ${sourceNumber('log-flusher.ts', 'MIN_WRITE_MILLIS')} milliseconds in any case`,
  `A record of more than ${grouped(sourceNumber('fit-line.ts', 'MAX_LINE_BYTES'))} bytes`,
];

const cli: readonly string[] = [
  `A connection gets ${sourceNumber('network-checks.ts', 'MAX_CONNECT_MILLIS')} at most`,
];

const cliTail: readonly string[] = [
  `no more than ${grouped(sourceNumber('cut-text.ts', 'MAX_SHOWN_UNITS'))} characters are shown`,
  `the first ${sourceNumber('record-pairs.ts', 'SHORT_ID_DIGITS')} digits of the trace id`,
  `every ${inSeconds(sourceNumber('cloudwatch-logs-source.ts', 'POLL_MILLIS'))} seconds with \`FilterLogEvents\``,
  `begins ${inSeconds(sourceNumber('cloudwatch-logs-source.ts', 'OVERLAP_MILLIS'))} seconds before the newest event`,
  `within ${inSeconds(sourceNumber('file-source.ts', 'POLL_MILLIS'))} seconds is not noticed`,
  `413 for more than ${inMebibytes(sourceNumber('receive-log-body.ts', 'maxBodyBytes'))} MiB`,
  `503 while ${inMebibytes(sourceNumber('receive-log-body.ts', 'maxHeldBytes'))} MiB wait`,
  `A record of more than ${inMebibytes(sourceNumber('max-record-bytes.ts', 'MAX_RECORD_BYTES'))} MiB is damage`,
];

const byDocument: Readonly<Record<string, readonly string[]>> = {
  'docs/delivery.md': delivery,
  'docs/cloudwatch-logs.md': cloudWatchLogs,
  'docs/firehose.md': firehose,
  'docs/kinesis.md': kinesis,
  'docs/sqs.md': sqs,
  'docs/http.md': http,
  'docs/zeromq.md': zeromq,
  'docs/exit.md': exit,
  'docs/register.md': register,
  'docs/lambda.md': lambdaClaims,
  'docs/cli.md': cli,
  'docs/cli-tail.md': cliTail,
};

export const claims: readonly Claim[] = Object.entries(byDocument).flatMap(([document, texts]) =>
  texts.map((text): Claim => [document, text]),
);

/** What stands in a row that links to a file of limits. */
export const limitRows: readonly (readonly [file: string, numbers: readonly string[]])[] = [
  [
    'firehose-limits.ts',
    [
      `${FIREHOSE_LIMITS.maxRecords} records`,
      `${grouped(FIREHOSE_LIMITS.defaultMaxRequestBytes)} B`,
      `${grouped(FIREHOSE_LIMITS.maxRecordBytes)} B`,
    ],
  ],
  [
    'cloudwatch-logs-limits.ts',
    [
      `${grouped(CLOUDWATCH_LOGS_LIMITS.maxEvents)} events`,
      `${grouped(CLOUDWATCH_LOGS_LIMITS.maxRequestBytes)} B with ${CLOUDWATCH_LOGS_LIMITS.eventOverheadBytes} B an event`,
      `${grouped(CLOUDWATCH_LOGS_LIMITS.defaultMaxEventBytes)} B`,
    ],
  ],
  [
    'kinesis-limits.ts',
    [
      `${KINESIS_LIMITS.maxRecords} records`,
      `${grouped(KINESIS_LIMITS.defaultMaxRequestBytes)} B`,
      `${grouped(KINESIS_LIMITS.defaultMaxRecordBytes)} B`,
    ],
  ],
  [
    'sqs-limits.ts',
    [
      `${SQS_LIMITS.maxMessages} messages`,
      `${grouped(SQS_LIMITS.maxRequestBytes)} B`,
      `${grouped(SQS_LIMITS.defaultMaxMessageBytes)} B`,
    ],
  ],
  [
    'http-limits.ts',
    [
      `${grouped(HTTP_LIMITS.defaultMaxRecords)} records`,
      `${grouped(HTTP_LIMITS.defaultMaxRequestBytes)} B`,
      `${grouped(SUMO_LOGIC_LIMITS.maxRequestBytes)} B`,
    ],
  ],
  ['zeromq-limits.ts', [`${grouped(ZEROMQ_DEFAULTS.maxMessageBytes)} B`]],
];
