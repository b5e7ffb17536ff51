import { choiceOption, numberOption } from '../../exporter/check-option.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import type { PackLimits } from '../../pack/pack-limits.ts';
import { COMPRESSION_HEAD_BYTES, type MessageFormat } from './message-format.ts';
import { SQS_LIMITS } from './sqs-limits.ts';
import type { SqsLogRecordExporterOptions } from './sqs-log-record-exporter-options.ts';

/** Less than this for a body would leave of most records nothing but their names. */
const MIN_BODY_BYTES = 512;

/**
 * What fits a request, in bytes of entries before they become bodies.
 *
 * Where bodies are base64, all is counted in the bytes that go in: four characters stand for three bytes, so
 * an entry may take two bytes more to be whole, and three quarters of what its attributes take.
 *
 * @param attributeBytes The most that the attributes of a message take.
 * @throws InvalidOptionError
 */
export function messageLimits(
  options: SqsLogRecordExporterOptions,
  format: MessageFormat,
  attributeBytes: number,
): PackLimits {
  const because = 'a limit of Amazon SQS';
  const maxMessageBytes = numberOption(
    'maxMessageBytes',
    options.maxMessageBytes,
    SQS_LIMITS.defaultMaxMessageBytes,
    { min: SQS_LIMITS.minMessageBytes, max: SQS_LIMITS.maxMessageBytes, because },
  );
  const maxEntries = numberOption(
    'maxMessagesPerRequest',
    options.maxMessagesPerRequest,
    SQS_LIMITS.maxMessages,
    { min: 1, max: SQS_LIMITS.maxMessages, because },
  );
  if (maxMessageBytes - attributeBytes < MIN_BODY_BYTES) {
    throw new InvalidOptionError(
      `Expected \`maxMessageBytes\` to be at least ${attributeBytes + MIN_BODY_BYTES}, as the attributes of a ` +
        `message can take ${attributeBytes} bytes, got \`${maxMessageBytes}\``,
    );
  }
  const maxRequestBytes = format.maxContentBytes(SQS_LIMITS.maxRequestBytes);
  const entryOverheadBytes = format.isBase64
    ? 2 + Math.ceil(attributeBytes * 0.75) + (format.compress ? COMPRESSION_HEAD_BYTES : 0)
    : attributeBytes;
  const maxEntryBytes = Math.min(
    format.maxContentBytes(maxMessageBytes - attributeBytes),
    maxRequestBytes - entryOverheadBytes,
  );
  const limits = {
    maxEntries,
    maxRequestBytes,
    maxEntryBytes,
    minEntryBytes: 1,
    entryOverheadBytes,
  };
  if (choiceOption('aggregation', options.aggregation, ['none', 'lines'], 'none') === 'none') {
    return limits;
  }
  const maxLinesBytes = format.compress
    ? maxEntryBytes
    : format.maxContentBytes(SQS_LIMITS.maxAggregatedBytes - attributeBytes);
  const maxBytes = Math.min(maxEntryBytes, maxLinesBytes);
  // A line has at least one byte, so the bytes bound the lines too.
  return { ...limits, aggregate: { maxLines: maxBytes, maxBytes } };
}
