import { InvalidOptionError } from '../invalid-option-error.ts';
import { isMap } from '../is-map.ts';
import { shownOption } from '../shown-option.ts';
import { bodyEncoder } from './body-encoder.ts';
import { distlogJsonEncoder } from './distlog-json-encoder.ts';
import { ENCODING_NAMES, type EncodingName, isEncodingName } from './encodings.ts';
import { jsonEncoder } from './json-encoder.ts';
import type { LogRecordEncoder, RecordWriter } from './log-record-encoder.ts';
import { msgpackEncoder } from './msgpack-encoder.ts';
import { otlpJsonEncoder } from './otlp-json-encoder.ts';

export interface EncoderOptions {
  /** Extra fields on every record, in the encodings that have a place for them. */
  readonly staticFields?: Readonly<Record<string, unknown>>;
}

const CREATORS: Readonly<Record<EncodingName, (options: EncoderOptions) => RecordWriter>> = {
  json: jsonEncoder,
  'otlp-json': otlpJsonEncoder,
  msgpack: msgpackEncoder,
  body: bodyEncoder,
  'distlog-json': distlogJsonEncoder,
};

/**
 * The encoder of that name, or your own as it is.
 *
 * @throws InvalidOptionError for a name that is none, an object without the members of an encoder, or a
 * content type that no destination could carry.
 */
export function createEncoder(
  encoding: EncodingName | LogRecordEncoder,
  options: EncoderOptions = {},
): LogRecordEncoder | RecordWriter {
  if (isEncoder(encoding)) {
    checkContentType(encoding.contentType);
    return encoding;
  }
  if (!isEncodingName(encoding)) {
    const names = ENCODING_NAMES.map((name) => `'${name}'`);
    throw new InvalidOptionError(
      `Expected \`encoding\` to be ${names.join(', ')} or an object with \`name\`, \`contentType\`, \`isText\` and \`encode\`, got ${isMap(encoding) ? 'an object without them' : shownOption(encoding)}`,
    );
  }
  return CREATORS[encoding](options);
}

function isEncoder(encoding: unknown): encoding is LogRecordEncoder {
  if (typeof encoding !== 'object' || encoding === null) return false;
  const { name, contentType, isText, encode } = encoding as Partial<LogRecordEncoder>;
  return (
    typeof name === 'string' &&
    typeof contentType === 'string' &&
    typeof isText === 'boolean' &&
    typeof encode === 'function'
  );
}

/** A media type with its parameters, if any (RFC 9110, section 8.3.1), short enough for every destination. */
const MEDIA_TYPE =
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*;[\t -~]*)?$/u;
const MAX_CONTENT_TYPE_LENGTH = 255;

function checkContentType(contentType: string): void {
  if (contentType.length <= MAX_CONTENT_TYPE_LENGTH && MEDIA_TYPE.test(contentType)) return;
  throw new InvalidOptionError(
    "Expected `encoding.contentType` to be a media type such as 'text/plain' or " +
      `'application/json; charset=utf-8', got ${JSON.stringify(contentType.slice(0, 100))}`,
  );
}
