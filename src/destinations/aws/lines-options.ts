import { compressionOption } from '../../exporter/compress-bytes.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';

/** Far more than any delimiter has, and little beside a record. */
const MAX_DELIMITER_LENGTH = 16;

/** What stands behind each log record of a text encoding. @throws InvalidOptionError */
export function delimiterOption(delimiter: unknown, defaultDelimiter: string): string {
  if (delimiter === undefined) return defaultDelimiter;
  if (typeof delimiter === 'string' && delimiter.length <= MAX_DELIMITER_LENGTH) return delimiter;
  const got =
    typeof delimiter === 'string' ? `${delimiter.length} characters` : shownOption(delimiter);
  throw new InvalidOptionError(
    `Expected \`delimiter\` to be a text of at most ${MAX_DELIMITER_LENGTH} characters, got ${got}`,
  );
}

/**
 * The compression of a service that compresses nothing itself, record by record.
 *
 * @param service Its name and why it has no zstd, for the error.
 * @throws InvalidOptionError
 */
export function gzipOption(
  compression: unknown,
  isAggregated: boolean,
  service: { readonly name: string; readonly noZstd: string },
): 'none' | 'gzip' {
  const chosen = compressionOption(compression);
  if (chosen === 'zstd') {
    throw new InvalidOptionError(
      `Expected \`compression\` to be 'none' or 'gzip' for ${service.name}, got 'zstd': ${service.noZstd}`,
    );
  }
  if (chosen === 'gzip' && !isAggregated) {
    throw new InvalidOptionError(
      "Expected `aggregation: 'lines'` with `compression: 'gzip'`: one log record alone gets larger, not smaller",
    );
  }
  return chosen;
}
