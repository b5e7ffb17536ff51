import { ENCODINGS, type EncodingContent, isEncodingName } from '../encode/encodings.ts';
import { objectProperty } from '../object-property.ts';
import type { LogRecordExporterOptions } from './exporter-options.ts';

export { ENCODING_NAMES, type EncodingContent } from '../encode/encodings.ts';

/** For destinations. What is neither a name nor an encoder is as `json` here: it is refused where encoders are made. */
export function encodingContentOf(
  encoding: LogRecordExporterOptions['encoding'],
): EncodingContent & { readonly name: string } {
  if (isEncodingName(encoding)) return { name: encoding, ...ENCODINGS[encoding] };
  const own: unknown = encoding;
  return isEncodingContent(own) ? own : { name: 'json', ...ENCODINGS.json };
}

function isEncodingContent(own: unknown): own is EncodingContent & { readonly name: string } {
  return (
    typeof objectProperty(own, 'name') === 'string' &&
    typeof objectProperty(own, 'contentType') === 'string' &&
    typeof objectProperty(own, 'isText') === 'boolean'
  );
}
