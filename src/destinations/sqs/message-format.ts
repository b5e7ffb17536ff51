import { compressionOption, createCompressor } from '../../exporter/compress-bytes.ts';
import { type EncodingContent, encodingContentOf } from '../../exporter/encoding-content.ts';
import type { SqsLogRecordExporterOptions } from './sqs-log-record-exporter-options.ts';

/** How the bytes of an entry become the body of a message, which is text. */
export interface MessageFormat {
  readonly isBase64: boolean;
  readonly compress: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;
  /** Attributes that tell the reader what a body is, where it is not plain text. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The bytes of an entry whose body surely has at most `bodyBytes`. */
  readonly maxContentBytes: (bodyBytes: number) => number;
}

/** Headers of gzip and zstd, and what they add to a little that does not compress. */
export const COMPRESSION_HEAD_BYTES = 128;

/** What compression can make of bytes that do not compress: 1/256 more, which is zstd's bound. */
const GROWN = 257 / 256;

/** @throws InvalidOptionError */
export function createMessageFormat(options: SqsLogRecordExporterOptions): MessageFormat {
  const compression = compressionOption(options.compression);
  const { contentType, isText } = contentOf(options);
  if (compression === 'none') {
    return {
      isBase64: !isText,
      compress: undefined,
      attributes: isText ? {} : { 'content-type': contentType },
      maxContentBytes: isText ? (bodyBytes) => bodyBytes : bytesInBase64,
    };
  }
  return {
    isBase64: true,
    compress: createCompressor(compression),
    attributes: { 'content-type': contentType, 'content-encoding': compression },
    maxContentBytes: (bodyBytes) =>
      Math.max(0, Math.floor((bytesInBase64(bodyBytes) - COMPRESSION_HEAD_BYTES) / GROWN)),
  };
}

function bytesInBase64(characters: number): number {
  return Math.floor(characters / 4) * 3;
}

/** Of a body: several JSON records in it are JSON lines. */
function contentOf({ aggregation, encoding }: SqsLogRecordExporterOptions): EncodingContent {
  const { contentType, isText } = encodingContentOf(encoding);
  const isLines = aggregation === 'lines' && typeof encoding !== 'object';
  const isJsonLines = isLines && contentType === 'application/json';
  return { contentType: isJsonLines ? 'application/x-ndjson' : contentType, isText };
}
